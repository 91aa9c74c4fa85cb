import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { totpCode } from '../staff/index.ts';

let desk: TestDesk;
let intan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'staff' });
  intan = await desk.logIn('intan');
});
afterAll(() => desk.close());

const newcomer = { name: 'Farah Baharu', login: 'farah', roles: ['moderator', 'senior-moderator'], languages: ['ms', 'ta'] };

test('somebody is enrolled; what they log in with is shown once, and works', async () => {
  const answer = await intan.post('/desk/staff', newcomer);
  const text = await answer.text();
  const [login, password, secret] = [...text.matchAll(/<dd><code>([^<]+)<\/code>/g)].map((found) => found[1] as string);
  expect([answer.status, answer.headers.get('cache-control'), login]).toEqual([200, 'no-store', 'farah']);
  const roster = await intan.page('/desk/staff');
  expect(roster).toContain('Farah Baharu');
  expect(roster).not.toContain(password);
  expect(roster).not.toContain(secret);
  const code = totpCode((secret as string).replaceAll(' ', ''), desk.house.clock.now());
  const visitor = desk.visitor();
  expect((await visitor.post('/desk/log-in', { login: 'farah', password: password as string, code })).status).toBe(303);
  expect((await visitor.get('/desk/appeals')).status).toBe(200);
});

test('what cannot be taken comes back with what was typed', async () => {
  const again = await intan.post('/desk/staff', { ...newcomer, name: 'Farah Lain' });
  const text = await again.text();
  expect([again.status, text.includes('value="Farah Lain"')]).toEqual([409, true]);
  expect(text).toContain('<a href="#login">Somebody has this log-in name already.');
  expect(text).toMatch(/id="new-roles-senior-moderator"[^>]*checked/);
  const nothing = await intan.post('/desk/staff', { name: '', login: 'x', languages: 'ms' });
  const wrong = await nothing.text();
  expect(nothing.status).toBe(422);
  for (const place of ['#name', '#login', '#new-roles-moderator']) expect(wrong).toContain(`<a href="${place}">`);
});

test('roles are set from the next page on, and an administrator’s own are not theirs to set', async () => {
  const xiaoyu = await desk.logIn('xiaoyu');
  expect((await xiaoyu.get('/desk/appeals')).status).toBe(403);
  const changed = await intan.post(`/desk/staff/${desk.staff['xiaoyu']?.id}/roles`, { roles: 'senior-moderator' });
  expect([changed.status, changed.headers.get('location')]).toEqual([303, '/desk/staff']);
  expect((await xiaoyu.get('/desk/appeals')).status).toBe(200);
  const own = await intan.post(`/desk/staff/${desk.staff['intan']?.id}/roles`, { roles: ['administrator', 'moderator'] });
  expect(own.status).toBe(403);
  expect((await intan.post(`/desk/staff/${desk.staff['xiaoyu']?.id}/roles`)).status).toBe(400);
});

test('access that ended stays on the roster, and can be given no roles', async () => {
  const { id } = desk.staff['seri'] as { id: string };
  expect((await intan.post(`/desk/staff/${id}/disable`)).status).toBe(303);
  expect(await intan.page('/desk/staff')).toMatch(/Seri Kanan[\s\S]*Ended/);
  expect((await intan.post(`/desk/staff/${id}/roles`, { roles: 'moderator' })).status).toBe(409);
  expect((await intan.post(`/desk/staff/${desk.staff['intan']?.id}/disable`)).status).toBe(409);
});
