import * as flaggers from '../../flaggers/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { givenReason, lockedAccreditation } from './locked.ts';

/**
 * Accredits an organisation that somebody else has proposed: from now on its reports come first within their class. Gives its id.
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict` (settled already, or its account is another organisation's by now).
 */
export async function accredit(house: House, member: Member, id: string): Promise<string> {
  return house.db.begin('doors', async (tx) => {
    const { service, flagger, name, account, again, proposedBy } = await lockedAccreditation(tx, id);
    demand(member, 'flagger.settle', { type: 'accreditation', proposedBy });
    if (account !== null && !again) {
      await subjects.lock(tx, account);
      if (await flaggers.flaggerOfAccount(tx, account)) throw new Problem('conflict', 'This account is that of another organisation.');
    }
    const because = await append(house, tx, {
      kind: 'flagger.accredited',
      service,
      // Both people stand in the record: whoever reads the log alone sees that they are two.
      parties: [
        { role: 'actor', party: member.id, purpose: 'staff' },
        ...(proposedBy === null ? [] : [{ role: 'proposer', party: proposedBy, purpose: 'staff' } as const]),
        ...(account === null ? [] : [{ role: 'account', party: account, purpose: 'report' } as const]),
      ],
      payload: { flagger, name, accreditation: id },
    });
    await flaggers.accept(because);
    await flaggers.accredit(because);
    return flagger;
  });
}

/** Does not accredit it, and says why; it goes on as it did. @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `reason-missing`. */
export async function refuse(
  house: House,
  member: Member,
  input: { readonly accreditation: string; readonly reason: string },
): Promise<void> {
  const reason = givenReason(input.reason);
  await house.db.begin('doors', async (tx) => {
    const { id, service, flagger, proposedBy } = await lockedAccreditation(tx, input.accreditation);
    demand(member, 'flagger.settle', { type: 'accreditation', proposedBy });
    const because = await append(house, tx, {
      kind: 'accreditation.refused',
      service,
      parties: [
        { role: 'actor', party: member.id, purpose: 'staff' },
        { role: 'flagger', party: flagger, purpose: 'report' },
      ],
      payload: { accreditation: id, reason },
    });
    await flaggers.refuse(because);
  });
}

/** Takes back what one has proposed oneself. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function withdraw(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const { service, proposedBy } = await lockedAccreditation(tx, id);
    demand(member, 'flagger.withdraw', { type: 'accreditation', proposedBy });
    const parties = [{ role: 'actor', party: member.id, purpose: 'staff' }] as const;
    await flaggers.withdraw(await append(house, tx, { kind: 'accreditation.withdrawn', service, parties, payload: { accreditation: id } }));
  });
}
