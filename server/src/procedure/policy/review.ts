import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { draftText, lockPolicy, newestVersion, openDraft } from './write.ts';

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
    if (outcome === 'accepted') {
      if (draft.basedOn !== (await newestVersion(tx)).version)
        throw new Problem('conflict', 'Another version was published meanwhile: its author bases the draft on it first.');
      const gaps = policy.gapsIn(await draftText(tx, draft));
      if (gaps.length > 0) throw new Problem('policy-incomplete', `${gaps.length} things are missing; the page of the draft names them.`);
    }
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
    await policy.confirm(
      await append(house, tx, {
        kind: 'policy.confirmed',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { policy: version, digest: known.digest },
      }),
    );
  });
}
