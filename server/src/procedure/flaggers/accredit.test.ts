import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import { createServiceKey } from '../../foundation/http/keys.ts';
import type { Member } from '../../staff/index.ts';
import { claim, claimWorst, dismiss } from '../moderation/index.ts';
import { accredit, accreditAgain, suspend } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let administrator: Member;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [administrator, moderator] = [await enrolled(house, 'administrator'), await enrolled(house, 'moderator')];
});
afterAll(() => house.close());

const laneOf = async (of: string) => (await house.db.begin('doors', (tx) => cases.workOn(tx, of)))?.lane;

test('what an accredited organisation reports comes before what waits longer in its class, and never before child abuse', async () => {
  const id = await accredit(house, administrator, { service: 'warung', name: 'Pertubuhan Contoh' });
  const old = await now.report(post('waits'), { by: 'anybody' });
  house.clock.advance(60_000);
  const flagged = await now.report(post('flagged'), { reporter: { flagger: { id } } });
  house.clock.advance(60_000);
  const worst = await now.report(post('worst'), { by: 'anybody', harm: 'csam' });
  expect(await see.report(flagged.report)).toMatchObject({ capacity: 'flagger', flagger: id });
  // Who may take either takes the child first.
  const both: Member = { ...moderator, roles: ['moderator', 'child-safety-reviewer'] };
  const order = [await claimWorst(house, both, {}), await claimWorst(house, both, {}), await claimWorst(house, both, {})];
  expect(order).toEqual([worst.case, flagged.case, old.case]);
});

test('one that is known by an account reports from it; suspended it reports as anybody does, until it is accredited again', async () => {
  const id = await accredit(house, administrator, { service: 'warung', name: 'Persatuan Lain', account: 'ngo' });
  const capacity = async (item: string) => (await see.report((await now.report(post(item), { by: 'ngo' })).report)).capacity;
  expect(await capacity('a')).toBe('flagger');
  await expect(suspend(house, administrator, { flagger: id, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  await suspend(house, administrator, { flagger: id, reason: 'Laporan disalah guna.' });
  expect(await capacity('b')).toBe('user');
  await expect(suspend(house, administrator, { flagger: id, reason: 'Lagi.' })).rejects.toMatchObject({ code: 'conflict' });
  await accreditAgain(house, administrator, id);
  expect(await capacity('c')).toBe('flagger');
  await expect(accredit(house, administrator, { service: 'warung', name: 'Ketiga', account: 'ngo' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(accredit(house, moderator, { service: 'warung', name: 'Keempat' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a key of an organisation reports as that organisation, and as nobody else', async () => {
  const id = await accredit(house, administrator, { service: 'warung', name: 'Kelima' });
  const { token } = await house.db.begin('doors', (tx) =>
    createServiceKey(tx, house, { service: 'warung', label: 'Kelima', scopes: ['report'], heldBy: id }),
  );
  await using doors = await openTestDoors(house);
  const send = async (reporter: object, key = token) => {
    const answer = await doors.ask('/v1/reports', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': JSON.stringify(reporter).replaceAll(' ', ''),
      },
      body: JSON.stringify({ item: post('by key'), attested: 'reporter', harm: 'scam', language: 'ms', reporter }),
    });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  expect(await send({ flagger: { id } })).toEqual([201, undefined]);
  expect(await send({ account: { id: 'somebody' } })).toEqual([403, 'forbidden']);
  expect(await send({ flagger: { id: house.ids.next() } }, await keyFor(house))).toEqual([400, 'field-wrong']);
});

test('a reporter whose reports were vexatious three times stands after the others of the class, keeps every clock, and is heard', async () => {
  for (const item of ['v1', 'v2', 'v3']) {
    const { report, case: of } = await now.report(post(item), { by: 'pest' });
    await claim(house, moderator, of);
    await dismiss(house, moderator, { report, ground: 'vexatious', reason: 'Dibuat untuk mengganggu.' });
    await now.judge(moderator, { case: of, determination: 'none', clause: null });
  }
  const slowed = await now.report(post('after three'), { by: 'pest' });
  house.clock.advance(60_000);
  const honest = await now.report(post('honest'), { by: 'honest' });
  expect(await laneOf(slowed.case)).toBe(2);
  expect((await see.clock(slowed.report, 'answer.outcome')) ?? (await see.clock(slowed.case, 'answer.outcome'))).toBeDefined();
  const taken = new Map<string, number>();
  for (let n = 0; ; n++) {
    const id = await claimWorst(house, moderator, {});
    if (id === null) break;
    taken.set(id, n);
  }
  expect(taken.get(slowed.case)).toBeGreaterThan(taken.get(honest.case) as number);
  // Somebody else reports the same: the case takes their place.
  await now.report(post('after three'), { by: 'honest' });
  expect(await laneOf(slowed.case)).toBe(1);
});

test('a flood of new accounts marks the case and dismisses nobody: the honest reporter among them keeps answer and clocks', async () => {
  const honest = await now.report(post('target'), {
    by: 'honest',
    reporter: { account: { id: 'honest', created_at: '2020-01-01T00:00:00Z' } },
  });
  for (let n = 0; n < 8; n++)
    await now.report(post('target'), { reporter: { account: { id: `brigade-${n}`, created_at: house.clock.now().toISOString() } } });
  expect((await see.case(honest.case)).floodedAt).toBeNull();
  await now.report(post('target'), { reporter: { account: { id: 'brigade-9', created_at: house.clock.now().toISOString() } } });
  await now.report(post('target'), { reporter: { account: { id: 'brigade-10', created_at: house.clock.now().toISOString() } } });
  expect((await see.case(honest.case)).floodedAt).not.toBeNull();
  const flooded = (await see.records(honest.case)).filter(({ kind }) => kind === 'case.flooded');
  expect(flooded.map(({ payload }) => payload)).toEqual([{ reports: 10, young: 9, minutes: 60 }]);
  expect((await see.reports(honest.case)).map(({ state }) => state)).toEqual(Array(11).fill('received'));
  await now.judge(moderator, { case: honest.case, determination: 'remove', clause: 'bullying.harassment' });
  await house.settle();
  await now.obey();
  await now.deliver();
  expect(new Set((await see.reports(honest.case)).map(({ outcome }) => outcome))).toEqual(new Set(['actioned']));
});
