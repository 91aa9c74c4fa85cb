import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { type Member, wholeProvider } from '../../staff/index.ts';
import { call } from '../calls/call.ts';
import type { House } from '../house.ts';
import { reviewVersionAlone } from '../policy/index.ts';
import { reviewRuleAlone } from '../rules/index.ts';

export interface ActReview {
  readonly act: string;
  readonly agrees: boolean;
  readonly reason: string;
}

/**
 * Another person, who wrote and proposed none of it, looks at what was put into force alone. They agree; or the rule is switched off, the version
 * withdrawn before it takes effect. What is in force stays until there is something better: the objection is on record, and the compliance officers
 * are called.
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `reason-missing`.
 */
export async function reviewAct(
  house: House,
  member: Member,
  { act: id, agrees, reason }: ActReview,
): Promise<'upheld' | 'reversed' | 'objected'> {
  return house.db.begin('doors', async (tx) => {
    const act = await decisions.lockAct(tx, id);
    if (!act) throw new Problem('not-found');
    const outcome = await (act.what === 'rule' ? reviewRuleAlone : reviewVersionAlone)(house, tx, member, act, agrees);
    if (act.state !== 'unreviewed') throw new Problem('conflict', 'It has been reviewed.');
    if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say in a sentence what you looked at and what you think of it.');
    await decisions.reviewAct(
      await append(house, tx, {
        kind: 'break-glass.act-reviewed',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { act: id, outcome, reason: reason.trim() },
      }),
    );
    if (outcome === 'objected') await call(house, tx, { about: 'objected', of: null, service: wholeProvider, subject: id });
    return outcome;
  });
}
