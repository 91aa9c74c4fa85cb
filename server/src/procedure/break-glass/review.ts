import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import { call } from '../calls/call.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';
import { makeDecision } from '../moderation/make.ts';
import { takeBack } from '../moderation/sanction.ts';

/**
 * Another person looks at what was decided alone: agrees, or takes it back. Where taking it back needs two again (of child abuse material it
 * always does), the objection is on record and the compliance officers are called; it goes on by appeal or inquiry.
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `reason-missing`.
 */
export async function reviewAlone(
  house: House,
  member: Member,
  input: { readonly decision: string; readonly agrees: boolean; readonly reason: string },
): Promise<'upheld' | 'reversed' | 'objected'> {
  const reason = input.reason.trim();
  if (reason.length < 3) throw new Problem('reason-missing', 'Say why, in a sentence the person concerned will read.');
  return house.db.begin('doors', async (tx) => {
    const known = await decisions.alone(tx, input.decision);
    if (!known) throw new Problem('not-found');
    const of = await lockCase(tx, known.case);
    const { state, decidedBy } = (await decisions.alone(tx, known.id)) as decisions.Alone;
    demand(member, 'proposal.settle', { type: 'proposal', proposedBy: decidedBy, harm: of.harm });
    const contested = (await decisions.decision(tx, known.id)) as decisions.Decision;
    if (state !== 'unreviewed' || (!input.agrees && contested.supersededBy !== null))
      throw new Problem('conflict', 'It has been reviewed, or another decision has taken its place.');
    const alone = decisions.needsOf({ harm: of.harm, determination: 'none', clause: null }).length === 0;
    const outcome = input.agrees ? 'upheld' : alone && contested.determination !== 'none' ? 'reversed' : 'objected';
    const instead = outcome === 'reversed' ? await reverse() : null;
    await decisions.review(
      await append(house, tx, {
        kind: 'break-glass.reviewed',
        service: of.service,
        case: of.id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { decision: known.id, outcome, instead: instead?.id ?? null, reason },
      }),
    );
    if (outcome === 'objected') await call(house, tx, { about: 'alone', of, service: of.service, subject: known.id });
    return outcome;

    async function reverse(): Promise<decisions.Decision> {
      const made = await makeDecision(house, tx, {
        case: of,
        revision: contested.revision as string,
        stage: 'final',
        determination: 'none',
        clause: null,
        reason,
        by: member.id,
        supersedes: contested,
        // What took the case up again; the fold and the table of outcomes need not know that it was no appeal.
        appeal: known?.proposal as string,
      });
      await takeBack(house, tx, { case: of, contested, by: member.id, reason, now: made });
      return made;
    }
  });
}
