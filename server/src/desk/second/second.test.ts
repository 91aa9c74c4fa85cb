import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';

let desk: TestDesk;
let bayu: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'second' });
  bayu = await desk.logIn('bayu');
});
afterAll(() => desk.close());

/** A proposal of the lead, and an invitation to somebody outside. */
async function invited(id: string): Promise<{ of: string; link: string; key: string; code: string }> {
  const { case: of } = await play(desk.house).report(post(id, { text: `Hantaran ${id}.` }), { harm: 'violence-terrorism', by: `r-${id}` });
  await bayu.post(`/desk/cases/${of}/claim`);
  await bayu.post(`/desk/cases/${of}/decide`, { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji serangan.' });
  const [row] = await look(desk.house).query<{ id: string }>('select id from decisions.proposal where case_id = $1', [of]);
  const page = await (await bayu.post(`/desk/approvals/${row?.id}/invite`, { name: 'Puan Luar', hours: '2' })).text();
  const [, link = '', key = ''] = /(\/desk\/second\/[0-9a-f-]{36})\?key=([\w-]+)/.exec(page) ?? [];
  const code = /<code>(\d{8})<\/code>/.exec(page)?.[1] as string;
  return { of, link, key, code };
}
/** A form of somebody without a session: the token is that of their own page. */
async function send(who: Visitor, link: string, step: string, fields: Record<string, string> = {}): Promise<Response> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(await (await who.get(link)).text())?.[1] ?? '';
  const body = new URLSearchParams({ csrf, ...fields }).toString();
  const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: desk.url, cookie, 'accept-language': 'en' };
  const answer = await fetch(`${desk.url}${link}/${step}`, { method: 'POST', body, headers, redirect: 'manual' });
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    who.cookies.set(name, value);
  }
  return answer;
}

test('somebody from outside opens the link once with the code, sees that material alone, and settles it', async () => {
  const { of, link, key, code } = await invited('s1');
  const guest = desk.visitor();
  expect((await send(guest, link, 'enter', { key, code: '00000000' })).status).toBe(401);
  expect((await send(guest, link, 'enter', { key, code })).status).toBe(303);
  const blind = await guest.page(link);
  expect(blind).toContain('Puan Luar');
  expect(blind).not.toContain('Ia memuji serangan.');
  expect((await send(guest, link, 'settle', { says: 'confirmed' })).status).toBe(409);
  const seen = await (await send(guest, link, 'reveal')).text();
  for (const shown of ['Hantaran s1', 'Ia memuji serangan.', 'Terrorism']) expect(seen).toContain(shown);
  // No other page knows them.
  expect((await guest.get(`/desk/cases/${of}`)).status).toBe(303);
  // The link is used up: another browser does not get in.
  expect((await send(desk.visitor(), link, 'enter', { key, code })).status).toBe(401);
  expect((await send(guest, link, 'settle', { says: 'confirmed' })).status).toBe(200);
  expect((await look(desk.house).case(of)).state).toBe('decided');
  const kinds = (await look(desk.house).records(of)).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['second.invited', 'second.opened', 'second.settled', 'proposal.settled']));
  expect((await guest.get(link)).status).not.toBe(500);
});

test('who works here is refused, the inviter first; after five wrong codes, or when its time is over, nobody gets in', async () => {
  const { link, key, code } = await invited('s2');
  expect((await bayu.get(link)).status).toBe(200);
  expect((await send(bayu, link, 'enter', { key, code })).status).toBe(403);
  for (let n = 0; n < 5; n++) await send(desk.visitor(), link, 'enter', { key, code: '00000000' });
  expect((await send(desk.visitor(), link, 'enter', { key, code })).status).toBe(401);
  const late = await invited('s3');
  desk.house.clock.advance(2 * hour);
  expect((await send(desk.visitor(), late.link, 'enter', { key: late.key, code: late.code })).status).toBe(401);
});

test('child abuse material is shown to nobody outside: there is no invitation to it, whoever asks', async () => {
  const melur = await desk.logIn('melur');
  const { case: of } = await play(desk.house).report(post('c1'), { harm: 'csam', by: 'r-c1' });
  await melur.post(`/desk/cases/${of}/claim`);
  await melur.post(`/desk/cases/${of}/decide`, { determination: 'remove', clause: 'csam.material', reason: 'Fail penanda.' });
  const [row] = await look(desk.house).query<{ id: string }>('select id from decisions.proposal where case_id = $1', [of]);
  expect((await melur.post(`/desk/approvals/${row?.id}/invite`, { name: 'Puan Luar', hours: '2' })).status).toBe(403);
  expect((await look(desk.house).records(of)).map(({ kind }) => kind)).not.toContain('second.invited');
});

test('invitations told again from their records are the same, row for row', async () => {
  await desk.house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(desk.house, again.url);
    expect((await compareStateTables(desk.house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
