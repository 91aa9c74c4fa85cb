import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, hide, undo } from '../moderation/index.ts';
import { sweep } from '../moderation/promises.ts';
import { decideBundleOrHold, gather } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse({ undoSeconds: 10 });
  now = play(house);
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const clause = 'scam.phishing';
const statesOf = async (ids: readonly string[]) =>
  house.db.begin('doors', async (tx) => {
    const states: (string | undefined)[] = [];
    for (const id of ids) states.push((await cases.caseOf(tx, id))?.state);
    return states;
  });

/** Three posts of two authors, gathered. Scams are hidden when they are reported; what is harassment is not. */
async function gathered(name: string, harm: 'scam' | 'bullying-hate'): Promise<string[]> {
  const ids: string[] = [];
  for (const [n, author] of ['one', 'one', 'two'].entries())
    ids.push((await now.report(post(`${name}-${n}`, { author: `${name}-${author}` }), { harm })).case);
  await now.obey();
  const [lead = '', ...others] = ids;
  await claim(house, moderator, lead);
  await gather(house, moderator, { lead, cases: others.map((id) => ({ id, why: ['chosen'] })) });
  return ids;
}
const judgement = (of: string, more: object = {}) => ({
  ...({ case: of, determination: 'remove', clause, reason: 'Pautan yang sama, untuk mencuri.', measure: 'suggested' } as const),
  ...{ except: new Map<string, 'none'>(), ...more },
});

test('a bundle waits as one and is undone as one; decided again, it is carried out as it was judged', async () => {
  const ids = await gathered('scam', 'scam');
  const [lead = '', , third = ''] = ids;
  const input = judgement(lead, { except: new Map([[third, 'none']]) });
  const held = (await decideBundleOrHold(house, moderator, input)) as decisions.Held;
  expect(held).toMatchObject({ state: 'held', bundle: 3 });
  await expect(decideBundleOrHold(house, moderator, input)).rejects.toMatchObject({ code: 'decision-held' });
  expect(await undo(house, moderator, held.id)).toEqual({ case: lead, appeal: null, bundle: 3 });
  house.clock.advance(10_000);
  await sweep(house);
  expect([await now.waiting(), await statesOf(ids)]).toEqual([[], ['open', 'open', 'open']]);
  await decideBundleOrHold(house, moderator, input);
  house.clock.advance(10_000);
  await sweep(house);
  expect(await statesOf(ids)).toEqual(['decided', 'decided', 'decided']);
  expect((await now.obey()).sort()).toEqual(['remove', 'remove', 'restore', 'suspend-account']);
});

test('where one of it is still seen, nothing of it waits', async () => {
  const ids = await gathered('seen', 'bullying-hate');
  await hide(house, moderator, { case: ids[0] as string, clause: 'bullying.harassment' });
  const made = await decideBundleOrHold(
    house,
    moderator,
    judgement(ids[0] as string, { clause: 'bullying.harassment', measure: null, lessened: 'Kali pertama.' }),
  );
  expect(made).toHaveProperty('bundle');
  expect(made).toHaveProperty('decisions');
  expect(await statesOf(ids)).toEqual(['decided', 'decided', 'decided']);
});

test('what has changed meanwhile takes it back', async () => {
  const ids = await gathered('changed', 'scam');
  const held = (await decideBundleOrHold(house, moderator, judgement(ids[0] as string))) as decisions.Held;
  await now.report(post('changed-2', { author: 'changed-two' }), { harm: 'csam', by: 'somebody' });
  house.clock.advance(10_000);
  await sweep(house);
  expect(await house.db.begin('doors', (tx) => decisions.held(tx, held.id))).toMatchObject({ state: 'undone' });
  expect(await statesOf(ids)).toEqual(['open', 'open', 'open']);
});
