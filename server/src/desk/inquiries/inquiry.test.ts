import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { decisionsOf } from '../../decisions/questions.ts';
import { createServiceKey } from '../../foundation/http/keys.ts';

let desk: TestDesk;
let mullai: Visitor;
let seri: Visitor;
let melur: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'inquiry' });
  mullai = await desk.logIn('mullai');
  seri = await desk.logIn('seri');
  melur = await desk.logIn('melur');
});
afterAll(() => desk.close());

/** A post that Mullai removed; the author has been told. */
async function removed(id: string) {
  const around = play(desk.house);
  const reported = await around.report(post(id, { author: `${id}-author` }), { reporter: { contact: {} }, language: 'ta' });
  await mullai.post(`/desk/cases/${reported.case}/claim`);
  await mullai.post(`/desk/cases/${reported.case}/decide`, {
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Sebab keputusan pertama.',
  });
  await around.obey();
  await desk.house.settle();
  await around.deliver();
  const removal = (await desk.house.db.begin('doors', (tx) => decisionsOf(tx, reported.case))).at(-1);
  return { ...reported, decision: removal?.id as string, puid: removal?.puid as string };
}
async function inquired(id: string) {
  const about = await removed(id);
  const { inquiry } = await play(desk.house).inquire(about.decision, `${id}-author`);
  await desk.house.settle();
  return { ...about, inquiry };
}

/** Somebody of the public opens a page and sends its form. */
async function fill(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const somebody = desk.visitor();
  const csrf = /name="csrf" value="([^"]+)"/.exec(await (await somebody.get(path)).text())?.[1] as string;
  const cookie = [...somebody.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return fetch(desk.url + path, {
    method: 'POST',
    headers: { cookie, origin: desk.url, 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' },
    body: new URLSearchParams({ csrf, ...fields }).toString(),
  });
}

test('an inquiry waits on its desk, is answered there in writing, and the page says so', async () => {
  const { inquiry } = await inquired('answered');
  expect(await mullai.page('/desk/inquiries')).toContain(`href="/desk/inquiries/${inquiry}"`);
  const page = await mullai.page(`/desk/inquiries/${inquiry}`);
  expect(page).toContain('Mengapa begitu?');
  expect(page).toContain('Sebab keputusan pertama.');
  const sent = await mullai.post(`/desk/inquiries/${inquiry}/answer`, { outcome: 'explained', reason: 'Kerana itu gangguan.' });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/desk/inquiries/${inquiry}`]);
  expect(await mullai.page(`/desk/inquiries/${inquiry}`)).toContain('Kerana itu gangguan.');
  expect(await mullai.page('/desk/inquiries')).not.toContain(`href="/desk/inquiries/${inquiry}"`);
});

test('correcting is offered to a second person only, and carried out by itself', async () => {
  const { inquiry, case: of } = await inquired('corrected');
  expect(await mullai.page(`/desk/inquiries/${inquiry}`)).not.toContain('value="corrected"');
  const correction = { outcome: 'corrected', determination: 'none', reason: 'Kami tersilap.' };
  expect((await mullai.post(`/desk/inquiries/${inquiry}/answer`, correction)).status).toBe(403);
  expect(await seri.page(`/desk/inquiries/${inquiry}`)).toContain('value="corrected"');
  expect((await seri.post(`/desk/inquiries/${inquiry}/answer`, correction)).status).toBe(303);
  expect((await look(desk.house).actions(of)).map((action) => action.do)).toEqual(['remove', 'restore']);
});

test('what was decided about child abuse material is asked and answered in its own lane', async () => {
  const around = play(desk.house);
  const { case: of } = await around.report(post('marker', { author: 'marker-author' }), { harm: 'csam' });
  await melur.post(`/desk/cases/${of}/claim`);
  await melur.post(`/desk/cases/${of}/hide`, { clause: 'csam.material' });
  await desk.house.settle();
  const hidden = (await desk.house.db.begin('doors', (tx) => decisionsOf(tx, of))).at(-1);
  const { inquiry } = await around.inquire(hidden?.id as string, 'marker-author');
  await desk.house.settle();
  const answer = { outcome: 'explained', reason: 'Kandungan ini sedang disemak.' };
  const waits = (page: string) =>
    /href="\/desk\/inquiries"[^>]*><span>[^<]*<\/span><span class="count[^>]*>\D*(\d+)/.exec(page)?.[1] ?? '0';
  const [theirs, others] = [await melur.page('/desk/inquiries'), await seri.page('/desk/inquiries')];
  expect([theirs.includes(inquiry), others.includes(inquiry)]).toEqual([true, false]);
  expect(waits(theirs)).toBe('1');
  expect(others.match(/href="\/desk\/inquiries\/[0-9a-f]/g)?.length ?? 0).toBe(Number(waits(others)));
  expect((await seri.get(`/desk/inquiries/${inquiry}`)).status).toBe(403);
  expect((await seri.post(`/desk/inquiries/${inquiry}/answer`, answer)).status).toBe(403);
  expect(await melur.page(`/desk/inquiries/${inquiry}`)).not.toContain('value="corrected"');
  expect((await melur.post(`/desk/inquiries/${inquiry}/answer`, answer)).status).toBe(303);
});

test('the dismissal of a report is asked about from the page of the report, and taken back by somebody else than who dismissed it', async () => {
  const around = play(desk.house);
  const { report, case: of, code, pin } = await around.report(post('dismissed'), { reporter: { contact: {} }, language: 'ta' });
  await seri.post(`/desk/cases/${of}/claim`);
  await seri.post(`/desk/cases/${of}/dismiss`, { report, ground: 'trivial', because: 'Perkara kecil.' });
  await desk.house.settle();
  const page = `/report/${code}?lang=en`;
  const open = async () => (await fill(page, { pin })).text();
  const link = /href="(\/inquiry\/DSM-[^"]+)"/.exec(await open())?.[1]?.replaceAll('&amp;', '&') as string;
  expect((await desk.visitor().get(link.replace(/token=r/, 'token=x'))).status).toBe(404);
  expect(await (await fill(link, { text: 'ஏன்?' })).text()).toContain('We have your inquiry');
  expect(await (await fill(link, { text: 'ஏன்?' })).text()).toContain('or you have asked already');
  await desk.house.settle();
  const [found] = await look(desk.house).query<{ id: string }>('select id from inquiries.inquiry where report = $1', [report]);
  const inquiry = `/desk/inquiries/${found?.id}`;
  expect(await seri.page('/desk/inquiries')).toContain('Report dismissed');
  const theirs = await seri.page(inquiry);
  expect([theirs.includes('Perkara kecil.'), theirs.includes('value="corrected"'), theirs.includes('value="appeal"')]).toEqual([
    true,
    false,
    false,
  ]);
  const back = { about: 'dismissal', outcome: 'corrected', reason: 'Laporan itu betul.' };
  expect((await seri.post(`${inquiry}/answer`, back)).status).toBe(403);
  expect(await mullai.page(inquiry)).toContain('value="corrected"');
  expect((await mullai.post(`${inquiry}/answer`, back)).status).toBe(303);
  expect(await look(desk.house).report(report)).toMatchObject({ state: 'acknowledged', ground: null });
  await desk.house.settle();
  expect(await open()).toContain('You were right to ask: your report is open again');
  expect(await mullai.page(`/desk/cases/${of}`)).toContain('Dismissed report taken up again');
});

test('POST /v1/inquiries takes a decision or a dismissed report, one of the two', async () => {
  const { token } = await desk.house.db.begin('doors', (tx) =>
    createServiceKey(tx, desk.house, { service: 'warung', label: 'test', scopes: ['appeal', 'read'] }),
  );
  const ask = async (about: Record<string, string>) => {
    const answer = await fetch(`${desk.url}/v1/inquiries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': JSON.stringify(about) },
      body: JSON.stringify({ ...about, by: { account: { id: 'x' } }, role: 'reporter', text: 'Mengapa?', language: 'ms' }),
    });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  const some = desk.house.ids.next();
  expect(await ask({})).toEqual([400, 'field-missing']);
  expect(await ask({ decision: some, report: some })).toEqual([400, 'field-missing']);
  expect(await ask({ report: some })).toEqual([404, 'report-unknown']);
});

test('an answer that is not whole comes back with everything that was typed', async () => {
  const { inquiry } = await inquired('unfinished');
  const refused = await seri.post(`/desk/inquiries/${inquiry}/answer`, { outcome: 'explained', reason: ' x' });
  expect([refused.status, (await refused.text()).includes('href="#reason"')]).toEqual([422, true]);
  expect(await (await seri.post(`/desk/inquiries/${inquiry}/answer`, { reason: 'y' })).text()).toContain('href="#outcome"');
  expect(await (await seri.post(`/desk/inquiries/${inquiry}/answer`, { outcome: 'corrected' })).text()).toContain('href="#determination"');
});

test('a reporter without an account asks from the page of their report, with code and PIN, and reads the answer there', async () => {
  const { case: of, code, pin } = await removed('no account');
  const page = `/report/${code}?lang=en`;
  const open = async () => (await fill(page, { pin })).text();
  const link = /href="(\/inquiry\/[^"]+)"/.exec(await open())?.[1]?.replaceAll('&amp;', '&') as string;
  expect(await (await desk.visitor().get(link)).text()).toContain('A person reads it and answers in writing within 5 days.');
  expect(await (await fill(link, { text: 'ஏன்?' })).text()).toContain('We have your inquiry');
  expect(await (await fill(link, { text: 'ஏன்?' })).text()).toContain('or you have asked already');
  await desk.house.settle();
  const [inquiry] = await look(desk.house).query<{ id: string }>('select id from inquiries.inquiry where case_id = $1', [of]);
  await seri.post(`/desk/inquiries/${inquiry?.id}/answer`, { outcome: 'explained', reason: 'Kerana itu gangguan.' });
  await desk.house.settle();
  expect(await open()).toContain('The answer to your inquiry');
});

test.each([
  ['ms', 'Tanya tentang keputusan ini'],
  ['en', 'Ask about this decision'],
  ['zh', '询问这个决定'],
  ['ta', 'இந்த முடிவைப் பற்றிக் கேள்'],
])('an author is led from the statement of reasons to the question in %s', async (language, says) => {
  const { decision } = await removed(`statement-${language}`);
  const issued = (await look(desk.house).messages()).find(
    ({ type, data }) =>
      type === 'notice.issued' && (data['about'] as { decision?: string }).decision === decision && data['role'] === 'author',
  );
  const url = new URL(String(issued?.data['statement_url']));
  url.searchParams.set('lang', language);
  const statement = await desk.visitor().get(url.pathname + url.search);
  expect(await statement.text()).toContain(says);
  expect(issued?.data['inquiry_url']).toMatch(/\/inquiry\/PRS-/);
});

test('POST /v1/inquiries receives what a platform was asked, and says where it stands; a stranger’s is refused', async () => {
  const { decision } = await removed('api');
  const { token } = await desk.house.db.begin('doors', (tx) =>
    createServiceKey(tx, desk.house, { service: 'warung', label: 'test', scopes: ['appeal', 'read'] }),
  );
  const ask = (by: string, key: string) =>
    fetch(`${desk.url}/v1/inquiries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ decision, by: { account: { id: by } }, role: 'author', text: 'Mengapa?', language: 'ms' }),
    });
  const received = await ask('api-author', 'one');
  const { inquiry, status_url: url } = (await received.json()) as { inquiry: string; status_url: string };
  expect(received.status).toBe(201);
  const read = await (await fetch(desk.url + new URL(url).pathname, { headers: { authorization: `Bearer ${token}` } })).json();
  expect(read).toMatchObject({ inquiry, decision, state: 'received', outcome: null });
  const refused = await ask('stranger', 'two');
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'inquiry-not-open']);
});
