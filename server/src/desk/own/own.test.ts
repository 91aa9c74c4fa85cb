import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { minute } from '../../../test/play.ts';
import { totpCode } from '../../staff/index.ts';

let desk: TestDesk;
let awan: Visitor;
let intan: Visitor;
const secrets = () => desk.staff['awan'] as { id: string; login: string; password: string; totpSecret: string };
beforeAll(async () => {
  desk = await openDesk({ seed: 'own' });
  [awan, intan] = [await desk.logIn('awan'), await desk.logIn('intan')];
});
afterAll(() => desk.close());

/** Tries to log in; gives where it leads and who is in. */
async function tries(fields: { login: string; password: string; code: string }): Promise<{ in: boolean; visitor: Visitor }> {
  const visitor = desk.visitor();
  await visitor.get('/desk/log-in');
  const answer = await visitor.post('/desk/log-in', fields);
  return { in: answer.status === 303 && answer.headers.get('location') === '/desk', visitor };
}
const fresh = (secret: string) => {
  desk.house.clock.advance(minute);
  return totpCode(secret, desk.house.clock.now());
};
const shown = (page: string) => [...page.matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map((found) => found[1] as string);
const kinds = async () => (await look(desk.house).records()).map(({ kind }) => kind);

test('one-time codes are shown once, open in place of the authenticator, each once, and that is on record', async () => {
  const { login, password } = secrets();
  expect((await awan.post('/desk/own/recovery-codes', { password: 'not the right one' })).status).toBe(422);
  const codes = shown(await (await awan.post('/desk/own/recovery-codes', { password })).text());
  expect(new Set(codes).size).toBe(10);
  expect(shown(await awan.page('/desk/own'))).toEqual([]);
  expect(JSON.stringify(await look(desk.house).query('select * from staff.recovery_code'))).not.toContain(
    (codes[0] as string).replace('-', ''),
  );
  const [first = '', second = ''] = codes;
  expect((await tries({ login, password: 'a wrong password', code: first })).in).toBe(false);
  expect((await tries({ login, password, code: first.toUpperCase() })).in).toBe(true);
  expect((await tries({ login, password, code: first })).in).toBe(false);
  expect(await awan.page('/desk/own')).toContain('9 codes are left.');
  expect((await look(desk.house).records()).find(({ kind }) => kind === 'staff.recovery-used')?.payload).toMatchObject({ left: 9 });
  const both = await Promise.all([tries({ login, password, code: second }), tries({ login, password, code: second })]);
  expect(both.map((one) => one.in).sort()).toEqual([false, true]);
  // New ones take the place of the old.
  await awan.post('/desk/own/recovery-codes', { password });
  expect((await tries({ login, password, code: codes[2] as string })).in).toBe(false);
});

test('somebody changes their password with the old one, and every other browser is out', async () => {
  const { login, password, totpSecret } = secrets();
  const elsewhere = (await tries({ login, password, code: fresh(totpSecret) })).visitor;
  expect((await elsewhere.get('/desk/own')).status).toBe(200);
  const wrong = await awan.post('/desk/own/password', { old: 'something else', fresh: 'a new and long password' });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('This is not your password.')]);
  const short = await awan.post('/desk/own/password', { old: password, fresh: 'short' });
  expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('12 to 200 characters')]);
  expect((await awan.post('/desk/own/password', { old: password, fresh: 'a new and long password' })).status).toBe(200);
  expect((await elsewhere.get('/desk/own')).status).toBe(303);
  expect((await awan.get('/desk/own')).status).toBe(200);
  expect((await tries({ login, password, code: fresh(totpSecret) })).in).toBe(false);
  expect((await tries({ login, password: 'a new and long password', code: fresh(totpSecret) })).in).toBe(true);
});

test('somebody sees where they are logged in, and ends all but this', async () => {
  const { login, totpSecret } = secrets();
  const elsewhere = (await tries({ login, password: 'a new and long password', code: fresh(totpSecret) })).visitor;
  expect(await awan.page('/desk/own')).toContain('End all others');
  expect((await awan.post('/desk/own/end-others')).status).toBe(200);
  expect((await elsewhere.get('/desk/own')).status).toBe(303);
  expect(await awan.page('/desk/own')).not.toContain('End all others');
});

test('an administrator gives new secrets, shown once: the old ones and the codes open nothing, the sessions are over; nobody their own', async () => {
  const { id, login, totpSecret } = secrets();
  const codes = shown(await (await awan.post('/desk/own/recovery-codes', { password: 'a new and long password' })).text());
  const page = await (await intan.post(`/desk/staff/${id}/reset`)).text();
  expect(page).toContain('has a new log-in');
  expect((await awan.get('/desk/own')).status).toBe(303);
  expect((await tries({ login, password: 'a new and long password', code: fresh(totpSecret) })).in).toBe(false);
  const [, password = ''] = /<code>([a-z2-9]{5}(?:-[a-z2-9]{5}){3})<\/code>/.exec(page) ?? [];
  const [, secret = ''] = /<code>((?:[A-Z2-7]{4} ?){8})<\/code>/.exec(page) ?? [];
  expect((await tries({ login, password, code: codes[0] as string })).in).toBe(false);
  expect((await tries({ login, password, code: fresh(secret.replaceAll(' ', '')) })).in).toBe(true);
  expect((await intan.post(`/desk/staff/${desk.staff['intan']?.id}/reset`)).status).toBe(403);
  expect(await kinds()).toContain('staff.secrets-reset');
});
