import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import { call } from '../calls/call.ts';
import type { House } from '../house.ts';
import { publishByAuthor } from '../policy/index.ts';
import { makeRuleLiveByAuthor } from '../rules/index.ts';

/**
 * Makes count, alone, a rule that was tried and that one wrote or proposed oneself, under break-glass that this person has open. A record of its
 * own; the compliance officers are called; another person reviews it (`reviewAct`).
 * @throws Problem `forbidden`, `glass-closed`, `not-found`, `conflict`, `rule-wrong`.
 */
export async function makeRuleLiveAlone(house: House, member: Member, rule: string): Promise<void> {
  await under(house, member, async (tx) => {
    await makeRuleLiveByAuthor(house, tx, member, rule);
    return { done: rule, act: { what: 'rule', subject: rule } };
  });
}

/**
 * Publishes, alone, a draft that one wrote at oneself and nobody else has reviewed: whole and based on the newest version like any other, and marked
 * as single-handed. Returns its number.
 * @param from now, where it lies behind @throws Problem `forbidden`, `glass-closed`, `not-found`, `conflict`, `policy-incomplete`.
 */
export function publishAlone(
  house: House,
  member: Member,
  input: { readonly draft: string; readonly seen: string; readonly from: Date },
): Promise<string> {
  return under(house, member, async (tx) => {
    const version = await publishByAuthor(house, tx, member, input);
    return { done: version, act: { what: 'policy', subject: version } };
  });
}

interface Acted<T> {
  readonly done: T;
  readonly act: { readonly what: decisions.ActAlone['what']; readonly subject: string };
}

async function under<T>(house: House, member: Member, step: (tx: Tx) => Promise<Acted<T>>): Promise<T> {
  demand(member, 'break-glass.open', 'break-glass');
  return house.db.begin('doors', async (tx) => {
    const glass = await lockOpen(house, tx, member);
    const { done, act } = await step(tx);
    const id = house.ids.next();
    await decisions.actAlone(
      await append(house, tx, {
        kind: 'break-glass.acted',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { act: id, glass: glass.id, ...act },
      }),
    );
    await call(house, tx, { about: 'alone', of: null, service: wholeProvider, subject: id });
    return done;
  });
}

/** What this person has open, locked: whoever closes it waits until what is done under it is done. @throws Problem `glass-closed`. */
export async function lockOpen(house: House, tx: Tx, member: Member): Promise<decisions.Glass> {
  const known = await decisions.openGlassOf(tx, member.id, house.clock.now());
  const glass = known && (await decisions.lockGlass(tx, known.id));
  if (glass?.state !== 'open') throw new Problem('glass-closed', 'Open it first, with a reason.');
  return glass;
}
