import * as flaggers from '../../flaggers/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { givenReason, lockedFlagger } from './locked.ts';

/**
 * Asks for an organisation to be accredited: a second person accepts it (`accredit`), or does not. With an account of the platform it is known by
 * that, too; else it reports with its id, by a key of its own or the service's. Gives what waits, and the id that the organisation will have.
 * @throws Problem `forbidden`, `not-found` (the service), `field-wrong` (name, account), `reason-missing`, `conflict` (the account is another
 * organisation's, or waits for one).
 */
export async function propose(
  house: House,
  member: Member,
  input: { readonly service: string; readonly name: string; readonly account?: string; readonly reason: string },
): Promise<{ readonly id: string; readonly flagger: string }> {
  demand(member, 'flaggers.manage', 'flaggers');
  const [name, accountId] = [input.name.trim(), input.account?.trim() ?? ''];
  if (name.length < 2 || name.length > 200) throw new Problem('field-wrong', 'Name the organisation in 2 to 200 characters.');
  if (accountId.length > 200) throw new Problem('field-wrong', 'The id of an account has 200 characters at most.');
  const reason = givenReason(input.reason);
  return house.db.begin('doors', async (tx) => {
    if (!(await subjects.service(tx, input.service))) throw new Problem('not-found', `There is no service ${input.service}.`);
    const account = accountId === '' ? null : subjects.accountId(house.secret, input.service, accountId);
    if (account !== null) {
      await subjects.lock(tx, account);
      if ((await flaggers.flaggerOfAccount(tx, account)) ?? (await flaggers.accreditationWaitingFor(tx, { account })))
        throw new Problem('conflict', 'This account is that of another organisation.');
    }
    const flagger = { service: input.service, id: house.ids.next(), name, account };
    return write(house, tx, member, { flagger, again: false, accountId: accountId || null, reason });
  });
}

/** Asks for one to be accredited again that was suspended. @throws Problem `forbidden`, `not-found`, `reason-missing`, `conflict`. */
export async function proposeAgain(
  house: House,
  member: Member,
  input: { readonly flagger: string; readonly reason: string },
): Promise<{ readonly id: string; readonly flagger: string }> {
  demand(member, 'flaggers.manage', 'flaggers');
  const reason = givenReason(input.reason);
  return house.db.begin('doors', async (tx) => {
    const flagger = await lockedFlagger(tx, input.flagger);
    if (flagger.state !== 'suspended') throw new Problem('conflict', 'It is accredited already.');
    if (await flaggers.accreditationWaitingFor(tx, { flagger: flagger.id }))
      throw new Problem('conflict', 'That it is accredited again waits for a second person already.');
    return write(house, tx, member, { flagger, again: true, accountId: null, reason });
  });
}

async function write(
  house: House,
  tx: Tx,
  member: Member,
  {
    flagger: { service, id: flagger, name, account },
    again,
    accountId,
    reason,
  }: {
    readonly flagger: Pick<flaggers.Flagger, 'service' | 'id' | 'name' | 'account'>;
    readonly again: boolean;
    readonly accountId: string | null;
    readonly reason: string;
  },
): Promise<{ readonly id: string; readonly flagger: string }> {
  const id = house.ids.next();
  await flaggers.propose(
    await append(house, tx, {
      kind: 'accreditation.proposed',
      service,
      parties: [
        { role: 'actor', party: member.id, purpose: 'staff' },
        { role: 'flagger', party: flagger, purpose: 'report' },
        ...(account === null ? [] : [{ role: 'account', party: account, purpose: 'report' } as const]),
      ],
      payload: { accreditation: id, flagger, name, again, account_id: accountId, reason },
    }),
  );
  return { id, flagger };
}
