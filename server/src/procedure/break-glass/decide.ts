import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import { call } from '../calls/call.ts';
import type { House } from '../house.ts';
import { confirmAlone } from '../moderation/second.ts';
import { lockOpen } from './act.ts';

/**
 * Decides alone what one has proposed oneself and nobody has settled: the proposal is taken back and carried out, under break-glass that this
 * person has open. A record of its own; the compliance officers are called; another person reviews it. Never an appeal: those are no proposals.
 * @throws Problem `forbidden`, `glass-closed`, `proposal-unknown`, `proposal-settled`, `conflict`.
 */
export async function decideAlone(house: House, member: Member, proposal: string): Promise<decisions.Decision> {
  return underGlass(house, member, async (tx) => ({ ...(await confirmAlone(house, tx, member, proposal)), proposal }));
}

interface Alone {
  readonly of: cases.Case;
  readonly decision: decisions.Decision;
  readonly needs: decisions.Alone['needs'];
  /** The proposal that it was; of the end of an account the suspension. */
  readonly proposal: string;
}

/** What somebody does alone, under break-glass that they have open: on record, and the compliance officers are called. @throws Problem `forbidden`, `glass-closed`. */
export async function underGlass(house: House, member: Member, act: (tx: Tx) => Promise<Alone>): Promise<decisions.Decision> {
  demand(member, 'break-glass.open', 'break-glass');
  return house.db.begin('doors', async (tx) => {
    const glass = await lockOpen(house, tx, member);
    const { of, decision, needs, proposal } = await act(tx);
    await decisions.decideAlone(
      await append(house, tx, {
        kind: 'break-glass.used',
        service: of.service,
        case: of.id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { glass: glass.id, proposal, decision: decision.id, needs: [...needs] },
      }),
    );
    await call(house, tx, { about: 'alone', of, service: of.service, subject: decision.id });
    return decision;
  });
}
