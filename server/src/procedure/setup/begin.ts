import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append, isAnnounced, type Spine } from '../../records/index.ts';
import { lock } from '../../subjects/index.ts';
import { takeShippedRules } from '../rules/shipped.ts';

/** Records that belong to the installation, not to one of its services. */
export const installation = 'perisai';

/**
 * What a new installation says first: which key signs its log, and which policy is in force. Nothing where that was said before. The first
 * policy is *single-handed until reviewed* (product.md, "Two people").
 */
export async function begin(spine: Spine): Promise<void> {
  await spine.db.begin('doors', async (tx) => {
    await lock(tx, installation);
    if (!(await isAnnounced(tx, spine.signer.vkey)))
      await append(spine, tx, { kind: 'log.key-announced', service: installation, payload: { vkey: spine.signer.vkey } });
    if ((await policy.allVersions(tx)).length === 0) await beginPolicy(spine, tx);
    await takeShippedRules(spine, tx);
  });
}

async function beginPolicy(spine: Spine, tx: Tx): Promise<void> {
  const because = await append(spine, tx, {
    kind: 'policy.published',
    service: installation,
    payload: { policy: policy.shippedPolicy.version, digest: policy.shippedDigest, single_handed: true },
  });
  await policy.publish(because);
}
