import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { sweep } from '../moderation/index.ts';
import { erase } from '../people/erase.ts';
import { backBy } from './park.ts';

let desk: TestDesk;
let now: ReturnType<typeof play>;
let [awan, seri, xiaoyu]: Visitor[] = [];
beforeAll(async () => {
  desk = await openDesk({ seed: 'casework' });
  now = play(desk.house);
  await later(0);
});
afterAll(() => desk.close());

/** Time goes by; who was away so long logs in again. */
async function later(ms: number): Promise<void> {
  desk.house.clock.advance(ms);
  [awan, seri, xiaoyu] = [await desk.logIn('awan'), await desk.logIn('seri'), await desk.logIn('xiaoyu')];
}

let posts = 0;
const reported = async (more: Parameters<typeof now.report>[1] = {}, language: 'ms' | 'zh' = 'ms') => {
  const item = { ...post(`w${++posts}`, { author: `w${posts}` }), author: { id: `w${posts}`, language } };
  return (await now.report(item, more)).case;
};
const next = async (who: Visitor | undefined, of: Record<string, string> = {}) =>
  (await (who as Visitor).post('/desk/queue/next', of)).headers.get('location');
const act = (who: Visitor | undefined, id: string, what: string, fields: Record<string, string> = {}) =>
  (who as Visitor).post(`/desk/cases/${id}/${what}`, fields);
const page = (who: Visitor | undefined, path: string) => (who as Visitor).page(path);
/** Everything that waits is decided, but for child abuse material, which others have, so that the next test begins with an empty queue. */
const clear = async () => {
  for (const { id } of await look(desk.house).query<{ id: string }>(
    `select w.id from cases.work w join cases.case c on c.id = w.id where w.state <> 'done' and c.harm <> 'csam'`,
  )) {
    await act(awan, id, 'release');
    await act(seri, id, 'take-up');
    await act(seri, id, 'claim');
    expect((await act(seri, id, 'decide', { determination: 'none', reason: 'Tiada pelanggaran.' })).status).toBe(303);
  }
};

test('a case comes to the desk of its harm and language, and is given to who speaks it; within its last hour to anybody', async () => {
  const chinese = await reported({}, 'zh');
  const malay = await reported();
  expect(await page(awan, '/desk/queue?desk=chinese')).toContain(chinese);
  expect(await page(awan, '/desk/queue?desk=chinese')).not.toContain(malay);
  expect(await page(awan, '/desk/queue?desk=general')).toContain(malay);
  expect(await next(awan)).toBe(`/desk/cases/${malay}`);
  expect(await next(awan)).toContain('notice=empty');
  expect(await next(xiaoyu)).toBe(`/desk/cases/${chinese}`);
  await act(xiaoyu, chinese, 'release');
  await later(3 * hour + minute);
  expect(await next(awan, { desk: 'chinese' })).toBe(`/desk/cases/${chinese}`);
  await act(awan, chinese, 'release');
  await act(awan, malay, 'release');
  await clear();
});

test('a case that is handed to a person lies there for them, with a note; its record says to whom, not in plain', async () => {
  const id = await reported();
  expect((await act(awan, id, 'hand-over', { to: 'desk:general', note: '' })).status).toBe(422);
  const seriId = desk.staff['seri']?.id as string;
  expect((await act(awan, id, 'hand-over', { to: `person:${seriId}`, note: 'Tolong nilai ayat kedua.' })).status).toBe(303);
  expect(await next(awan)).toContain('notice=empty');
  expect(await page(seri, '/desk/queue?mine=yes')).toContain(id);
  expect(await page(seri, `/desk/cases/${id}`)).toContain('Tolong nilai ayat kedua.');
  const record = (await look(desk.house).records(id)).find(({ kind }) => kind === 'case.handed-over');
  expect(JSON.stringify(record)).not.toContain(seriId);
  expect(JSON.stringify(record)).not.toContain('ayat kedua');
  expect(await next(seri, { mine: 'yes' })).toBe(`/desk/cases/${id}`);
  // Who does not hold it hands it to nobody.
  expect((await act(awan, id, 'hand-over', { to: 'desk:scams', note: 'Ini penipuan.' })).status).toBe(409);
  expect((await act(seri, id, 'hand-over', { to: 'desk:scams', note: 'Ini penipuan.' })).status).toBe(303);
  expect(await page(awan, '/desk/queue?desk=scams')).toContain(id);
  expect((await act(seri, id, 'hand-over', { to: `person:${desk.staff['intan']?.id}`, note: 'Untuk anda.' })).status).toBe(422);
  await clear();
});

test('a case that is raised is taken by a senior moderator alone, who may hand it back', async () => {
  const id = await reported();
  expect((await act(awan, id, 'raise', { note: 'Saya tidak pasti tentang konteksnya.' })).status).toBe(303);
  expect((await act(awan, id, 'claim')).status).toBe(403);
  expect(await next(awan)).toContain('notice=empty');
  expect(await page(awan, '/desk/queue')).toContain('Raised to a senior moderator');
  expect((await act(awan, id, 'hand-over', { to: 'desk:general', note: 'Kembali.' })).status).toBe(403);
  expect(await next(seri)).toBe(`/desk/cases/${id}`);
  await act(seri, id, 'hand-over', { to: 'desk:general', note: 'Konteksnya jelas sekarang.' });
  expect(await next(awan)).toBe(`/desk/cases/${id}`);
  await act(awan, id, 'release');
  await clear();
});

test('a parked case rests, its clocks run on, and it comes back by itself; what is worse wakes it', async () => {
  const id = await reported();
  const due = (await look(desk.house).clock(id, 'protect'))?.dueAt;
  expect((await act(awan, id, 'park', { hours: '2', note: 'Menunggu penterjemah.' })).status).toBe(303);
  expect((await look(desk.house).clock(id, 'protect'))?.dueAt).toEqual(due);
  expect(await page(awan, '/desk/queue')).not.toContain(id);
  expect(await page(awan, '/desk/queue?parked=yes')).toContain(id);
  expect(await page(awan, `/desk/cases/${id}`)).toContain('Its clocks run on. It comes back by itself.');
  expect(await next(awan)).toContain('notice=empty');
  await later(2 * hour);
  // From the moment itself, before anything has swept.
  expect(await next(awan)).toBe(`/desk/cases/${id}`);
  await act(awan, id, 'release');
  await sweep(desk.house);
  expect((await look(desk.house).records(id)).find(({ kind }) => kind === 'case.returned')?.payload).toEqual({ by: 'time' });

  const worse = await reported();
  await act(awan, worse, 'park', { hours: '1', note: 'Menunggu penterjemah.' });
  const item = { ...post(`w${posts}`, { author: `w${posts}` }), author: { id: `w${posts}`, language: 'ms' as const } };
  await now.report(item, { by: 'another', harm: 'csam' });
  const melur = await desk.logIn('melur');
  expect(await next(melur)).toBe(`/desk/cases/${worse}`);
  expect((await act(melur, worse, 'park', { hours: '1', note: 'Tidak boleh.' })).status).toBe(409);
  await clear();
});

test('a case is back an hour before its next deadline, however long somebody lets it rest', () => {
  const at = (hours: number) => new Date(hours * hour);
  expect(backBy(at(72), at(24), at(0))).toEqual(at(23));
  expect(backBy(at(2), at(24), at(0))).toEqual(at(2));
  expect(backBy(at(2), at(0.5), at(0))).toBeNull();
});

test('a note is read by colleagues, stands in the log as a commitment, and goes with the person it is about', async () => {
  const id = await reported();
  await act(awan, id, 'note', { note: 'Penulis ini jiran pelapor.' });
  expect(await page(seri, `/desk/cases/${id}`)).toContain('Penulis ini jiran pelapor.');
  expect(JSON.stringify(await look(desk.house).records(id))).not.toContain('jiran');
  await clear();
  await erase(desk.house, 'warung', now.ours(`w${posts}`), 'evidence');
  await desk.house.settle();
  expect(await page(seri, `/desk/cases/${id}`)).toContain('The note was erased with the key of the person concerned.');
});

test('the desks page says what lies where, who works there, and where nobody does', async () => {
  await reported({ harm: 'scam' });
  const text = await page(awan, '/desk/queue/desks');
  const row = (name: string) => new RegExp(`<tr[^>]*>(?:(?!</tr>).)*${name}.*?</tr>`, 's').exec(text)?.[0] ?? '';
  expect(row('desk=scams')).toMatch(/data-label="Waiting"><div>1</);
  expect(row('desk=tamil')).toContain('Mullai');
  expect(row('desk=tamil')).not.toContain('Awan');
  await clear();
});
