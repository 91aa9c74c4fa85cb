import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';

/**
 * Takes an invitation back that is not used up: from then on its link, its code and the page that the guest has open are refused. What they have
 * seen stays seen, and on record. The proposal waits on.
 * @throws Problem `not-found`, `forbidden`, `conflict` (the guest was faster, or somebody else).
 */
export async function withdrawOutside(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    // In the order of whoever enters or settles: the invitation, then its case.
    const known = await decisions.lockInvitation(tx, id);
    if (!known) throw new Problem('not-found', 'There is no such invitation.');
    const of = await lockCase(tx, known.case);
    demand(member, 'second.withdraw', { type: 'invitation', invitedBy: known.invitedBy, harm: of.harm });
    if (known.state !== 'sent' && known.state !== 'opened') throw new Problem('conflict', `The invitation is ${known.state}.`);
    await decisions.withdrawInvitation(
      await append(house, tx, {
        kind: 'second.withdrawn',
        service: of.service,
        case: of.id,
        parties: [
          { role: 'actor', party: member.id, purpose: 'staff' },
          { role: 'guest', party: known.id, purpose: 'staff' },
        ],
        payload: { invitation: known.id },
      }),
    );
  });
}
