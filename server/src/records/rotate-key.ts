import { type NoteSigner, signCheckpoint } from '@perisai/log';
import { checkpointPath, outsideCheckpoint } from './anchor.ts';
import { isAnnounced } from './announced.ts';
import { append } from './append.ts';
import { becomeSequencer } from './leaf.sql.ts';
import { beat } from './sequence.ts';
import type { Spine } from './spine.ts';

/**
 * Hands the log over to a new key (invariant 16): announces it in the log, seals that under the old key, and signs the newest checkpoint
 * with both, so that from then on either opens the log. Whoever trusts the old key finds the new one in a record that the old one sealed.
 * Afterwards the caller makes `next` the key of the installation.
 *
 * A crash leaves the old key in force, and at most the announcement: with the same `next` it goes on where it stopped.
 * @param service whose record the announcement is. @throws Problem `log-refuses`; Error where another process is the sequencer.
 */
export async function rotateKey(spine: Spine, service: string, next: NoteSigner): Promise<void> {
  await spine.db.begin('doors', async (tx) => {
    if (await isAnnounced(tx, next.vkey)) return;
    await append(spine, tx, { kind: 'log.key-announced', service, payload: { vkey: next.vkey } });
  });
  // A last beat that lays nothing: then everything that was committed before it lies under the old key's checkpoint.
  for (let laid = 1; laid > 0; ) {
    const done = await beat(spine);
    if (!done.mine) throw new Error('Another process seals this log: stop it first, since it would go on with the old key.');
    laid = done.laid;
  }
  await spine.db.begin('spine', async (tx) => {
    const newest = await outsideCheckpoint(spine);
    if (newest === null || !(await becomeSequencer(tx))) throw new Error('Another process seals this log: stop it first.');
    await spine.blobs.put(checkpointPath, Buffer.from(await signCheckpoint(newest, spine.signer, next)));
  });
}
