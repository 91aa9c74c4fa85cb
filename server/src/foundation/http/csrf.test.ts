import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandomness } from '../randomness.ts';
import { createCsrf } from './csrf.ts';
import { form } from './schemas.ts';
import { openDoor, type TestDoor } from './testing.ts';

const origin = 'https://safety.warung.example';
const csrf = createCsrf({ secret: Buffer.alloc(32, 1), publicUrl: `${origin}/`, random: systemRandomness });
let door: TestDoor;
beforeAll(async () => {
  door = await openDoor((app) => {
    app.get('/form', { config: { page: true } }, async (request, reply) => csrf.token(csrf.visitor(request, reply)));
    app.post('/form', { config: { page: true }, schema: { body: form({ pin: Type.String() }) } }, async (request, reply) => {
      csrf.check(request, csrf.visitor(request, reply));
      return 'done';
    });
  });
});
afterAll(() => door[Symbol.asyncDispose]());

async function shown(): Promise<{ cookie: string; token: string }> {
  const page = await door.ask('/form');
  const set = page.headers.get('set-cookie') ?? '';
  expect(set).toMatch(/^__Host-perisai-visitor=[\w-]{22}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  return { cookie: set.split(';')[0] ?? '', token: await page.text() };
}
const send = async (token: string, cookie: string, headers: Record<string, string>) =>
  (
    await door.ask('/form', {
      body: new URLSearchParams({ pin: '1', csrf: token }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
    })
  ).status;

describe('a form', () => {
  it('from our own page is taken', async () => {
    const { cookie, token } = await shown();
    expect(await send(token, cookie, { origin })).toBe(200);
    expect(await send(token, cookie, { origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
    { origin: 'http://safety.warung.example' },
    {},
  ])('from elsewhere is refused: %j', async (headers) => {
    const { cookie, token } = await shown();
    expect(await send(token, cookie, headers)).toBe(403);
  });

  it("with another session's token, a changed one or none is refused", async () => {
    const [mine, theirs] = [await shown(), await shown()];
    expect(await send(theirs.token, mine.cookie, { origin })).toBe(403);
    expect(await send(mine.token, theirs.cookie, { origin })).toBe(403);
    expect(await send(mine.token, '', { origin })).toBe(403);
    expect(await send('', mine.cookie, { origin })).toBe(403);
    expect(await send(`x${mine.token}`, mine.cookie, { origin })).toBe(403);
    expect(await send(mine.token.split('.')[0] ?? '', mine.cookie, { origin })).toBe(403);
  });
});
