import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import type { Seeded } from '../procedure/staff/seed.ts';
import { totpCode } from '../staff/index.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ seed: 'log-in' });
});
afterAll(() => desk.close());

const codeOf = (login: string) => totpCode((desk.staff[login] as Seeded).totpSecret, desk.house.clock.now());
const cookieOf = (response: Response) => response.headers.getSetCookie().find((line) => line.startsWith('perisai-session='));

describe('whoever is not logged in', () => {
  test('is led to the log-in page from every page, and back to where they wanted to go', async () => {
    const visitor = desk.visitor();
    const turned = await visitor.get('/desk/queue?harm=scam');
    expect([turned.status, turned.headers.get('location')]).toEqual([303, '/desk/log-in?next=%2Fdesk%2Fqueue%3Fharm%3Dscam']);
    const { password } = desk.staff['awan'] as Seeded;
    const back = await visitor.post(turned.headers.get('location') as string, { login: 'awan', password, code: codeOf('awan') });
    expect([back.status, back.headers.get('location')]).toEqual([303, '/desk/queue?harm=scam']);
    expect(cookieOf(back)).toMatch(/^perisai-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('who sends a form after their session ended comes back to the page of the form', async () => {
    const visitor = desk.visitor();
    const id = desk.staff['awan']?.id;
    for (const [form, page] of [
      [`/desk/cases/${id}/decide`, `/desk/cases/${id}`],
      ['/desk/queue/next', '/desk/queue'],
      [`/desk/staff/${id}/roles`, '/desk/staff'],
      ['/desk/staff', '/desk/staff'],
      [`/desk/flaggers/${id}/accept`, '/desk/flaggers'],
      [`/desk/approvals/${id}/withdraw`, `/desk/approvals/${id}`],
    ] as const) {
      const turned = await visitor.post(form);
      expect(turned.headers.get('location')).toBe(`/desk/log-in?next=${encodeURIComponent(page)}`);
    }
  });

  test('is led to no other site', async () => {
    for (const next of [
      'https://other.example/desk',
      '//other.example/desk',
      '/\\other.example/desk',
      '/report/status',
      '/desk/../report',
      '/deskx',
    ]) {
      desk.house.clock.advance(30_000);
      const { password } = desk.staff['xiaoyu'] as Seeded;
      const visitor = desk.visitor();
      const back = await visitor.post(`/desk/log-in?next=${encodeURIComponent(next)}`, {
        login: 'xiaoyu',
        password,
        code: codeOf('xiaoyu'),
      });
      expect([next, back.headers.get('location')]).toEqual([next, '/desk']);
    }
  });

  test('hears one same sentence whatever was wrong, and may type the name once only', async () => {
    const { password } = desk.staff['mullai'] as Seeded;
    const wrong = [
      { login: 'mullai', password: 'wrong', code: codeOf('mullai') },
      { login: 'mullai', password, code: '000000' },
      { login: 'nobody', password, code: codeOf('mullai') },
    ];
    for (const typed of wrong) {
      const refused = await desk.visitor().post('/desk/log-in', typed);
      const text = await refused.text();
      expect([refused.status, text.includes('Name, password and code do not match'), text.includes(password)]).toEqual([401, true, false]);
      expect(text).toContain(`value="${typed.login}"`);
    }
  });

  test('is told how long the log-in stays shut after five wrong tries, even with the right code', async () => {
    const { password } = desk.staff['seri'] as Seeded;
    const visitor = desk.visitor();
    for (let n = 0; n < 5; n++) await visitor.post('/desk/log-in', { login: 'seri', password: 'wrong', code: '000000' });
    const shut = await visitor.post('/desk/log-in', { login: 'seri', password, code: codeOf('seri') });
    expect([shut.status, shut.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await shut.text()).toContain('This log-in opens again in 1 minute (today, ');
    desk.house.clock.advance(61_000);
    expect((await visitor.post('/desk/log-in', { login: 'seri', password, code: codeOf('seri') })).status).toBe(303);
  });
});

describe('a session', () => {
  test('ends by itself half an hour after the last page, and at once when its member logs out or is disabled', async () => {
    const idle = await desk.logIn('awan');
    expect((await idle.get('/desk/queue')).status).toBe(200);
    desk.house.clock.advance(31 * 60_000);
    expect((await idle.get('/desk/queue')).headers.get('location')).toMatch(/^\/desk\/log-in/);

    const leaving = await desk.logIn('awan');
    const token = leaving.cookies.get('perisai-session') as string;
    expect((await leaving.post('/desk/log-out')).headers.get('location')).toBe('/desk/log-in');
    leaving.cookies.set('perisai-session', token);
    expect((await leaving.get('/desk/queue')).status).toBe(303);

    const dismissed = await desk.logIn('xiaoyu');
    const administrator = await desk.logIn('intan');
    expect((await administrator.post(`/desk/staff/${desk.staff['xiaoyu']?.id}/disable`)).status).toBe(303);
    expect((await dismissed.get('/desk/queue')).status).toBe(303);
  });

  test('sends no form of another site, nor of another session', async () => {
    const mine = await desk.logIn('awan');
    const other = await desk.logIn('mullai');
    expect((await mine.post('/desk/queue/next', {}, { origin: 'https://other.example' })).status).toBe(403);
    const theirs = /name="csrf" value="([^"]+)"/.exec(await other.page('/desk/queue'))?.[1] as string;
    const sent = await mine.post('/desk/queue/next', { csrf: theirs });
    // Two tokens are no token; theirs alone is refused as well.
    expect(sent.status).toBeGreaterThanOrEqual(400);
    const alone = await fetch(`${desk.url}/desk/queue/next`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'accept-language': 'en', cookie: `perisai-session=${mine.cookies.get('perisai-session')}`, origin: desk.url },
      body: new URLSearchParams({ csrf: theirs }),
    });
    expect([alone.status, await alone.text()]).toEqual([403, expect.stringContaining('This form was open for too long')]);
  });
});

test('over HTTPS the cookie belongs to this host alone and never leaves without encryption', async () => {
  const { openDoors } = await import('../doors.ts');
  const doors = await openDoors({ ...desk.house, publicUrl: 'https://safety.example' });
  const page = await doors.inject({ url: '/desk/log-in' });
  const cookies = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] as string;
  desk.house.clock.advance(60_000);
  const { password } = desk.staff['mullai'] as Seeded;
  const answer = await doors.inject({
    method: 'POST',
    url: '/desk/log-in',
    headers: {
      'accept-language': 'en',
      cookie: cookies,
      origin: 'https://safety.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({ csrf, login: 'mullai', password, code: codeOf('mullai') }).toString(),
  });
  expect(answer.cookies.find(({ name }) => name === '__Host-perisai-session')).toMatchObject({
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
  });
  await doors.close();
});
