import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { look } from '../../../test/look.ts';
import { filesOn, handedIn, onePoint } from '../../../test/pictures.ts';
import { hour, play, post } from '../../../test/play.ts';
import { withdrawOutside } from '../../procedure/outside/index.ts';

let desk: TestDesk;
let bayu: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'second' });
  bayu = await desk.logIn('bayu');
});
afterAll(() => desk.close());

/** A proposal of the lead, and an invitation to somebody outside. */
async function invited(
  id: string,
  media: Parameters<typeof post>[1] = {},
): Promise<{ of: string; link: string; key: string; code: string }> {
  const { case: of } = await play(desk.house).report(post(id, { text: `Hantaran ${id}.`, ...media }), {
    harm: 'violence-terrorism',
    by: `r-${id}`,
  });
  await bayu.post(`/desk/cases/${of}/claim`);
  await bayu.post(`/desk/cases/${of}/decide`, { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji serangan.' });
  const [row] = await look(desk.house).query<{ id: string }>('select id from decisions.proposal where case_id = $1', [of]);
  const page = await (await bayu.post(`/desk/approvals/${row?.id}/invite`, { name: 'Puan Luar', hours: '2' })).text();
  const [, link = '', key = ''] = /(\/desk\/second\/[0-9a-f-]{36})\?key=([\w-]+)/.exec(page) ?? [];
  const code = /<code>(\d{8})<\/code>/.exec(page)?.[1] as string;
  return { of, link, key, code };
}
/** The page of the proposal in a case. */
async function proposalOf(of: string): Promise<string> {
  const [row] = await look(desk.house).query<{ id: string }>('select id from decisions.proposal where case_id = $1', [of]);
  return `/desk/approvals/${row?.id}`;
}
const idOf = (link: string): string => link.split('/').at(-1) as string;

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
  const { of, link, key, code } = await invited('s2');
  expect((await bayu.get(link)).status).toBe(200);
  expect((await send(bayu, link, 'enter', { key, code })).status).toBe(403);
  for (let n = 0; n < 5; n++) await send(desk.visitor(), link, 'enter', { key, code: '00000000' });
  expect((await send(desk.visitor(), link, 'enter', { key, code })).status).toBe(401);
  const shut = await bayu.page(await proposalOf(of));
  expect(shut).toContain('Over');
  expect(shut).not.toContain('Withdraw the invitation');
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

test('withdrawn before it is opened, an invitation opens nothing; the page of the proposal says who was invited and how that stands', async () => {
  // Two hours have gone by since they logged in.
  bayu = await desk.logIn('bayu');
  const { of, link, key, code } = await invited('w1');
  const at = await proposalOf(of);
  const before = await bayu.page(at);
  for (const shown of ['Invited from outside', 'Puan Luar', 'Sent', 'Withdraw the invitation']) expect(before).toContain(shown);
  expect((await bayu.post(`${at}/withdraw`, { invitation: idOf(link) })).status).toBe(303);
  const after = await bayu.page(at);
  expect(after).toContain('Withdrawn');
  expect(after).not.toContain('Withdraw the invitation');
  expect((await send(desk.visitor(), link, 'enter', { key, code })).status).toBe(401);
  const [told] = (await look(desk.house).records(of)).filter(({ kind }) => kind === 'second.withdrawn');
  expect(told?.payload).toEqual({ invitation: idOf(link) });
});

test('withdrawn while their page is open, it refuses what they see and settle, and the proposal still waits', async () => {
  const { of, link, key, code } = await invited('w2');
  const at = await proposalOf(of);
  const guest = desk.visitor();
  expect((await send(guest, link, 'enter', { key, code })).status).toBe(303);
  await send(guest, link, 'reveal');
  expect(await bayu.page(at)).toContain('Opened');
  const csrf = /name="csrf" value="([^"]+)"/.exec(await guest.page(link))?.[1] ?? '';
  const cookie = [...guest.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  // Whoever may invite to that case may withdraw what another has sent.
  const mullai = await desk.logIn('mullai');
  expect((await mullai.post(`${at}/withdraw`, { invitation: idOf(link) })).status).toBe(303);
  for (const [step, fields] of [
    ['settle', { says: 'confirmed' }],
    ['reveal', {}],
  ] as const) {
    const body = new URLSearchParams({ csrf, ...fields }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: desk.url, cookie, 'accept-language': 'en' };
    const answer = await fetch(`${desk.url}${link}/${step}`, { method: 'POST', body, headers, redirect: 'manual' });
    const text = await answer.text();
    expect([step, answer.status, text.includes('the invitation is over'), text.includes('Hantaran w2')]).toEqual([step, 401, true, false]);
  }
  expect((await guest.get(link)).status).toBe(401);
  expect((await look(desk.house).records(of)).map(({ kind }) => kind)).not.toContain('proposal.settled');
  expect(await bayu.page(at)).toContain('Waiting for a second person');
  // Somebody else is invited, in the same browser even.
  const again = await (await bayu.post(`${at}/invite`, { name: 'Encik Luar', hours: '2' })).text();
  const [, next = '', nextKey = ''] = /(\/desk\/second\/[0-9a-f-]{36})\?key=([\w-]+)/.exec(again) ?? [];
  guest.cookies.set('perisai-second', 'x'.repeat(32));
  expect(await guest.page(`${next}?key=${nextKey}`)).toContain(`value="${nextKey}"`);
});

test('whoever has answered can’t be withdrawn any more, and who may not invite withdraws nobody', async () => {
  const { of, link, key, code } = await invited('w3');
  const at = await proposalOf(of);
  const melur = await desk.logIn('melur');
  expect((await melur.post(`${at}/withdraw`, { invitation: idOf(link) })).status).toBe(403);
  const guest = desk.visitor();
  await send(guest, link, 'enter', { key, code });
  await send(guest, link, 'reveal');
  expect((await send(guest, link, 'settle', { says: 'confirmed' })).status).toBe(200);
  const late = await bayu.post(`${at}/withdraw`, { invitation: idOf(link) });
  expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('can’t be withdrawn any more')]);
  const page = await bayu.page(at);
  expect(page).toContain('Has answered');
  expect(page).not.toContain('Withdraw the invitation');
});

test('whoever invited withdraws it though the case has become one that they no longer see', async () => {
  const { of, link } = await invited('w4');
  await play(desk.house).report(post('w4', { text: 'Hantaran w4.' }), { harm: 'csam', by: 'r-w4-2' });
  expect((await look(desk.house).case(of)).harm).toBe('csam');
  const bayuAs = { id: desk.staff['bayu']?.id as string, name: 'Bayu', roles: ['lead'], languages: ['ms'] } as const;
  const mullaiAs = { ...bayuAs, id: desk.staff['mullai']?.id as string, roles: ['senior-moderator'] } as const;
  await expect(withdrawOutside(desk.house, mullaiAs, idOf(link))).rejects.toMatchObject({ code: 'forbidden' });
  await withdrawOutside(desk.house, bayuAs, idOf(link));
  await expect(withdrawOutside(desk.house, bayuAs, idOf(link))).rejects.toMatchObject({ code: 'conflict' });
  await expect(withdrawOutside(desk.house, bayuAs, desk.house.ids.next())).rejects.toMatchObject({ code: 'not-found' });
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

test('they see the picture that was reported after they asked, on their page alone, until they have answered', async () => {
  // Hours have gone by, and with them the session.
  bayu = await desk.logIn('bayu');
  const { of, link, key, code } = await invited('s-picture', { media: [handedIn(onePoint)] });
  const guest = desk.visitor();
  expect((await send(guest, link, 'enter', { key, code })).status).toBe(303);
  expect(filesOn(await guest.page(link))).toEqual([]);
  const at = filesOn(await (await send(guest, link, 'reveal')).text())[0]?.at as string;
  expect(at.startsWith(`${link}/files/`)).toBe(true);
  const picture = await guest.get(at);
  expect([picture.status, Buffer.from(await picture.arrayBuffer()).equals(onePoint)]).toEqual([200, true]);
  expect((await look(desk.house).records(of)).filter(({ kind }) => kind === 'material.viewed').map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ why: 'seconding the decision', place: null }),
    expect.objectContaining({ why: 'seconding the decision', place: 0 }),
  ]);
  for (const [by, status] of [
    [desk.visitor(), 401],
    [bayu, 401],
  ] as const)
    expect((await by.get(at)).status).toBe(status);
  // Nor is it an address of the case, whose pages they do not know.
  expect((await guest.get(at.replace(link, `/desk/cases/${of}`))).status).toBe(303);
  expect((await send(guest, link, 'settle', { says: 'confirmed' })).status).toBe(200);
  expect((await guest.get(at)).status).toBe(401);
});
