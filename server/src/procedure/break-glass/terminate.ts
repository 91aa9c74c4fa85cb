import type * as decisions from '../../decisions/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { awaited, endAccount } from '../moderation/terminate.ts';
import { underGlass } from './decide.ts';

/**
 * Whoever suspended an account ends it alone, where the ladder has that and no second person is there in time. On record, the compliance officers are
 * called, and another person reviews it.
 * @throws Problem `forbidden`, `glass-closed`, `decision-unknown`, `measure-too-grave`, `reason-missing`.
 */
export async function terminateAlone(
  house: House,
  member: Member,
  word: { readonly decision: string; readonly reason: string },
): Promise<decisions.Decision> {
  return underGlass(house, member, async (tx) => {
    const { of, suspension } = await awaited(house, tx, word);
    demand(member, 'proposal.cancel', { type: 'proposal', proposedBy: suspension.decidedBy, harm: of.harm });
    demand(member, 'case.decide', { type: 'case', harm: of.harm });
    const decision = await endAccount(house, tx, member, { of, suspension, reason: word.reason.trim(), outcome: 'alone' });
    return { of, decision, proposal: suspension.id, needs: ['termination'] };
  });
}
