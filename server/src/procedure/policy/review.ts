import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { withdrawIn } from './publish.ts';
import { demandWhole, lockPolicy, newestVersion, openDraft } from './write.ts';

export interface Review {
  readonly draft: string;
  /** The digest of what was read. */
  readonly seen: string;
  readonly outcome: 'accepted' | 'returned';
  readonly reason: string;
}

/**
 * A second person, who wrote none of it, accepts a draft or returns it with a reason. Only what is whole, in four languages, and based on the
 * newest version is accepted.
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `policy-incomplete`, `reason-missing`.
 */
export async function reviewDraft(house: House, member: Member, { draft: id, seen, outcome, reason }: Review): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const draft = await openDraft(tx, id, seen);
    demand(member, 'policy.review', { type: 'draft', authors: draft.authors });
    if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say in a sentence what you looked at and what you think of it.');
    if (draft.state !== 'drafting') throw new Problem('conflict', 'This draft has been accepted.');
    if (outcome === 'accepted') await demandWhole(tx, draft);
    await policy.review(
      await append(house, tx, {
        kind: 'policy.reviewed',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { draft: id, digest: draft.digest, outcome, reason: reason.trim() },
      }),
    );
  });
}

/**
 * A second person confirms what a new installation began with; until then it is marked as single-handed.
 * @throws Problem `forbidden`, `not-found`, `conflict`.
 */
export async function confirmVersion(house: House, member: Member, version: string): Promise<void> {
  demand(member, 'policy.review', { type: 'draft', authors: [] });
  await house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const known = await policy.version(tx, version);
    if (!known) throw new Problem('not-found', 'There is no such version.');
    if (!known.singleHanded) throw new Problem('conflict', 'This version has been looked at by a second person.');
    if (await decisions.actOn(tx, 'policy', version))
      throw new Problem('conflict', 'This version was published by one person alone: review that.');
    await confirmIn(house, tx, member, known);
  });
}

async function confirmIn(house: House, tx: Tx, member: Member, { policy: version, digest }: policy.VersionRow): Promise<void> {
  await policy.confirm(
    await append(house, tx, {
      kind: 'policy.confirmed',
      service: wholeProvider,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: { policy: version, digest },
    }),
  );
}

/**
 * A second person, who wrote none of it, looks at a version that its author published alone. Who agrees confirms it. Who does not has it withdrawn,
 * where it has not taken effect and nothing is based on it; else it stays until there is another one.
 * @throws Problem `forbidden`, `same-person`.
 */
export async function reviewVersionAlone(
  house: House,
  tx: Tx,
  member: Member,
  { subject: version, actedBy }: { readonly subject: string; readonly actedBy: string | null },
  agrees: boolean,
): Promise<'upheld' | 'reversed' | 'objected'> {
  await lockPolicy(tx);
  const known = (await policy.version(tx, version)) as policy.VersionRow;
  const written = (await policy.draftOf(tx, version))?.authors ?? [];
  demand(member, 'policy.review', { type: 'draft', authors: actedBy === null ? written : [...written, actedBy] });
  if (agrees) {
    if (known.singleHanded) await confirmIn(house, tx, member, known);
    return 'upheld';
  }
  if (known.withdrawnAt !== null) return 'reversed';
  if (known.inForceFrom <= house.clock.now() || (await newestVersion(tx)).version !== version) return 'objected';
  await withdrawIn(house, tx, member, version);
  return 'reversed';
}
