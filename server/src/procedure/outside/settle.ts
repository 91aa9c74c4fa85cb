import * as decisions from '../../decisions/index.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';
import { type SecondRuling, settleIn } from '../moderation/second.ts';
import { guestOf } from './enter.ts';

type Ruling = { readonly outcome: 'confirmed' } | { readonly outcome: 'refused'; readonly reason: string };

/** The guest agrees, or gives the case back; with that their invitation is used up. @throws Problem as `settleProposal`, and `log-in-failed`. */
export async function settleOutside(
  house: House,
  input: { readonly invitation: string; readonly session: string } & Ruling,
): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const { guest, proposal } = await guestOf(house, tx, input.invitation, input.session);
    const ruling: SecondRuling =
      input.outcome === 'confirmed' ? { proposal, outcome: 'confirmed' } : { proposal, outcome: 'refused', reason: input.reason };
    await settleIn(house, tx, guest, ruling);
    const of = await lockCase(tx, ((await decisions.proposal(tx, proposal)) as decisions.Proposal).case);
    await decisions.settleInvitation(
      await append(house, tx, {
        kind: 'second.settled',
        service: of.service,
        case: of.id,
        parties: [{ role: 'guest', party: guest.id, purpose: 'staff' }],
        payload: { invitation: guest.id, outcome: input.outcome },
      }),
    );
  });
}
