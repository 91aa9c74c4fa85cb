import * as flaggers from '../../flaggers/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';

/**
 * Accredits an organisation: from now on its reports come first within their class. With an account of the platform it is known by that, too;
 * else it reports with its id, by a key of its own or the service's.
 * @throws Problem `forbidden`, `not-found` (the service), `field-wrong` (name), `conflict` (the account is another organisation's).
 */
export async function accredit(
  house: House,
  member: Member,
  input: { readonly service: string; readonly name: string; readonly account?: string },
): Promise<string> {
  demand(member, 'flaggers.manage', 'flaggers');
  const name = input.name.trim();
  if (name.length < 2 || name.length > 200) throw new Problem('field-wrong', 'Name the organisation in 2 to 200 characters.');
  return house.db.begin('doors', async (tx) => {
    if (!(await subjects.service(tx, input.service))) throw new Problem('not-found', `There is no service ${input.service}.`);
    const account = input.account?.trim() ? subjects.accountId(house.secret, input.service, input.account.trim()) : null;
    if (account !== null) await subjects.lock(tx, account);
    if (account !== null && (await flaggers.flaggerOfAccount(tx, account)))
      throw new Problem('conflict', 'This account is that of another organisation.');
    const id = house.ids.next();
    await write(house, tx, member, { service: input.service, id, name, account });
    return id;
  });
}

/** Accredits one again that was suspended. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function accreditAgain(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'flaggers.manage', 'flaggers');
  await house.db.begin('doors', async (tx) => {
    const flagger = await locked(tx, id);
    if (flagger.state !== 'suspended') throw new Problem('conflict', 'It is accredited already.');
    await write(house, tx, member, flagger);
  });
}

/** Suspends one for misuse: from now on it reports as anybody does. @throws Problem `forbidden`, `not-found`, `conflict`, `reason-missing`. */
export async function suspend(house: House, member: Member, input: { readonly flagger: string; readonly reason: string }): Promise<void> {
  demand(member, 'flaggers.manage', 'flaggers');
  const reason = input.reason.trim();
  if (reason.length < 3) throw new Problem('reason-missing', 'Say why, in a sentence.');
  await house.db.begin('doors', async (tx) => {
    const flagger = await locked(tx, input.flagger);
    if (flagger.state !== 'accredited') throw new Problem('conflict', 'It is suspended already.');
    const because = await append(house, tx, {
      kind: 'flagger.suspended',
      service: flagger.service,
      parties: [
        { role: 'flagger', party: flagger.id, purpose: 'report' },
        { role: 'actor', party: member.id, purpose: 'staff' },
      ],
      payload: { flagger: flagger.id, reason },
    });
    await flaggers.suspend(because);
  });
}

async function locked(tx: Tx, id: string): Promise<flaggers.Flagger> {
  await subjects.lock(tx, id);
  const flagger = await flaggers.flagger(tx, id);
  if (!flagger) throw new Problem('not-found', 'There is no such organisation.');
  return flagger;
}

async function write(
  house: House,
  tx: Tx,
  member: Member,
  { service, id, name, account }: Pick<flaggers.Flagger, 'service' | 'id' | 'name' | 'account'>,
): Promise<void> {
  const because = await append(house, tx, {
    kind: 'flagger.accredited',
    service,
    parties: [
      { role: 'actor', party: member.id, purpose: 'staff' },
      ...(account === null ? [] : [{ role: 'account', party: account, purpose: 'report' } as const]),
    ],
    payload: { flagger: id, name },
  });
  await flaggers.accredit(because);
}
