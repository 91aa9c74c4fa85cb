import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { ask } from '../../test/spine.ts';
import { digest } from '../foundation/digest.ts';
import { erase } from '../procedure/people/erase.ts';
import { disable } from '../procedure/staff/disable.ts';
import { enrol } from '../procedure/staff/enrol.ts';
import { type Seeded, seedStaff } from '../procedure/staff/seed.ts';
import { setRoles } from '../procedure/staff/set-roles.ts';
import { giveCredential, newSecrets } from './credential.ts';
import { logIn } from './log-in.ts';
import type { Member } from './member.ts';
import { logOut, memberOfSession, sessionMs } from './session.ts';
import { totpCode } from './totp.ts';

const minute = 60_000;
let house: TestHouse;
let administrator: Member;
let moderator: Seeded;
beforeAll(async () => {
  house = await testHouse();
  const [first, second] = (await seedStaff(house)) as [Seeded, Seeded];
  administrator = first as unknown as Member;
  moderator = second;
});
afterAll(() => house.close());
beforeEach(() => house.clock.advance(24 * 60 * minute));

const logInAs = async (somebody: { login: string; password: string; totpSecret: string }) => {
  house.clock.advance(minute);
  return (await logIn(house, { ...somebody, code: totpCode(somebody.totpSecret, house.clock.now()) })).token;
};
const newcomer = (login: string) => enrol(house, administrator, { name: login, login, roles: ['moderator'], languages: ['ms'] });
const whose = async (token: string) => (await memberOfSession(house, token))?.member.id ?? null;

test('a session is its member’s until half an hour without a request has passed', async () => {
  const token = await logInAs(moderator);
  house.clock.advance(sessionMs.idle - 1);
  expect(await whose(token)).toBe(moderator.id);
  house.clock.advance(sessionMs.idle - 1);
  expect(await whose(token)).toBe(moderator.id);
  house.clock.advance(sessionMs.idle);
  expect(await whose(token)).toBeNull();
});

test('and never longer than twelve hours, however busy', async () => {
  const token = await logInAs(moderator);
  const end = house.clock.now().getTime() + sessionMs.absolute;
  while (house.clock.now().getTime() + 20 * minute < end) {
    house.clock.advance(20 * minute);
    expect(await whose(token)).toBe(moderator.id);
  }
  house.clock.set(new Date(end - 1));
  expect(await whose(token)).toBe(moderator.id);
  house.clock.set(new Date(end));
  expect(await whose(token)).toBeNull();
});

test('being seen is written once a minute, not with each request', async () => {
  const token = await logInAs(moderator);
  const seen = () => ask<{ at: Date }>(house, `select last_seen_at as at from staff.session where id_hash = '${digest('sha256', token)}'`);
  const before = await seen();
  house.clock.advance(minute - 1);
  await whose(token);
  expect(await seen()).toEqual(before);
  house.clock.advance(1);
  await whose(token);
  expect(await seen()).toEqual([{ at: house.clock.now() }]);
});

test('who logs out is out here, and stays in the other browser', async () => {
  const [here, there] = [await logInAs(moderator), await logInAs(moderator)];
  await logOut(house, here);
  expect(await whose(here)).toBeNull();
  expect(await whose(there)).toBe(moderator.id);
  await logOut(house, here);
});

test('who is disabled is out of every browser at once', async () => {
  const leaver = await newcomer('leaver');
  const tokens = [await logInAs(leaver), await logInAs(leaver), await logInAs(leaver)];
  for (const token of tokens) expect(await whose(token)).toBe(leaver.id);
  await disable(house, administrator, { member: leaver.id });
  for (const token of tokens) expect(await whose(token)).toBeNull();
  expect(await ask(house, `select count(*) from staff.session where staff = '${leaver.id}'`)).toEqual([{ count: 0 }]);
  expect(await ask(house, `select count(*) from staff.credential where staff = '${leaver.id}'`)).toEqual([{ count: 0 }]);
});

test('new roles hold from the next request on, in the same session', async () => {
  const riser = await newcomer('riser');
  const token = await logInAs(riser);
  expect((await memberOfSession(house, token))?.member.roles).toEqual(['moderator']);
  await setRoles(house, administrator, { member: riser.id, roles: ['senior-moderator'] });
  expect((await memberOfSession(house, token))?.member.roles).toEqual(['senior-moderator']);
});

test('new secrets end the sessions of the old ones', async () => {
  const changed = await newcomer('changed');
  const token = await logInAs(changed);
  const { sealed } = await newSecrets(house);
  await house.db.begin('doors', (tx) => giveCredential(tx, changed.id, sealed, house.clock.now()));
  expect(await whose(token)).toBeNull();
});

test('who was erased is nobody: no session, no log-in, no name anywhere', async () => {
  const leaver = await newcomer('forgotten');
  await expect(erase(house, 'perisai', leaver.id, 'staff')).rejects.toMatchObject({ code: 'conflict' });
  const token = await logInAs(leaver);
  await disable(house, administrator, { member: leaver.id });
  expect(await erase(house, 'perisai', leaver.id, 'staff')).toBe(true);
  await house.settle();
  expect(await whose(token)).toBeNull();
  await expect(logInAs(leaver)).rejects.toMatchObject({ code: 'log-in-failed' });
  const rows = await ask(house, `select name, login, disabled from staff.member where id = '${leaver.id}'`);
  expect(rows).toEqual([{ name: null, login: null, disabled: true }]);
});

test.each(['', 'x', 'a'.repeat(43), 'a'.repeat(44), `${'a'.repeat(42)}\u0000`, "' or '1'='1"])('%j is nobody’s session', async (token) => {
  expect(await memberOfSession(house, token)).toBeNull();
});

test('two log-ins never share a session, and the database knows neither token', async () => {
  const [one, other] = [await logInAs(moderator), await logInAs(moderator)];
  expect(one).not.toBe(other);
  const rows = JSON.stringify(await ask(house, 'select * from staff.session'));
  expect(rows).not.toContain(one);
  expect(rows).toContain(digest('sha256', one));
});

test('sessions that are over are taken away with the next log-in', async () => {
  await logInAs(moderator);
  house.clock.advance(sessionMs.absolute + minute);
  await logInAs(moderator);
  expect(await ask(house, 'select count(*) from staff.session where expires_at < (select max(created_at) from staff.session)')).toEqual([
    { count: 0 },
  ]);
});
