import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { keyFor } from '../../../test/doors.ts';
import { play, post } from '../../../test/play.ts';
import { queueRows } from '../../views/queue.sql.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'merge' });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const text = 'Hadiah percuma menanti anda di https://hadiah.example sekarang juga.';
const reported = (id: string, more: Parameters<ReturnType<typeof play>['report']>[1] = {}, said = text) =>
  play(desk.house).report(post(id, { author: `${id}-author`, text: said }), { by: `${id}-reporter`, ...more });
const lead = (answer: Response) => [answer.status, answer.headers.get('location')];

test('a person sees which open cases look like duplicates, of another harm too, and makes one of two', async () => {
  const [one, same] = [await reported('one'), await reported('same', { harm: 'manipulated-media' })];
  const different = await reported('different', {}, 'Sesuatu yang lain sama sekali di sini.');
  const csam = await reported('csam', { harm: 'csam' });
  const page = await awan.page(`/desk/cases/${one.case}/merge`);
  expect(page).toContain(`/desk/cases/${same.case}`);
  expect(page).toContain('same link domain, nearly the same text');
  for (const other of [different, csam]) expect(page).not.toContain(other.case);
  expect(await awan.page(`/desk/cases/${one.case}`)).toContain(`/desk/cases/${one.case}/merge`);
  // Who holds the case sees the nearest on its own page.
  expect(await awan.page(`/desk/cases/${one.case}`)).not.toContain('Perhaps the same matter');
  await awan.post(`/desk/cases/${one.case}/claim`);
  expect(await awan.page(`/desk/cases/${one.case}`)).toMatch(new RegExp(`Perhaps the same matter[\\s\\S]*/desk/cases/${same.case}`));
  await awan.post(`/desk/cases/${one.case}/release`);
  const merged = await awan.post(`/desk/cases/${one.case}/merge`, { other: same.case, why: 'link text', direction: 'here' });
  expect(lead(merged)).toEqual([303, `/desk/cases/${one.case}`]);
  const survivor = await awan.page(`/desk/cases/${one.case}`);
  expect(survivor).toContain('1 case is merged into this one');
  expect(survivor.match(/class="report-head"/g)).toHaveLength(2);
  const away = await awan.page(`/desk/cases/${same.case}`);
  expect(away).toContain('This case is one matter with case');
  expect(away).toContain(`href="/desk/cases/${one.case}"`);
  expect(away).not.toContain('/claim"');
  // The queue has the one that survives, with the reports of both.
  const queue = await awan.page('/desk/queue');
  expect(queue).toContain(one.case);
  expect(queue).not.toContain(same.case);
  const rows = await desk.house.db.begin('doors', (tx) =>
    queueRows(tx, {}, { csam: false, other: true }, undefined, desk.house.clock.now(), 50),
  );
  expect(rows.find(({ id }) => id === one.case)).toMatchObject({ reports: 2 });
  expect(lead(await awan.post(`/desk/cases/${same.case}/unmerge`))).toEqual([303, `/desk/cases/${same.case}`]);
  expect(await awan.page('/desk/queue')).toContain(same.case);
});

test('a case that one knows of is named by the address of its page, in either direction; what cannot be is said on the same page', async () => {
  const [one, other] = [await reported('known'), await reported('unlike', {}, 'Ayat yang tidak serupa langsung.')];
  const address = `https://trust.example/desk/cases/${other.case}?lang=ms`;
  expect(lead(await awan.post(`/desk/cases/${one.case}/merge`, { other: address, direction: 'there' }))).toEqual([
    303,
    `/desk/cases/${other.case}`,
  ]);
  const third = await reported('third');
  const refused = await awan.post(`/desk/cases/${third.case}/merge`, { other: `  ${one.case}`, direction: 'here' });
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain('This case was merged with another.');
  const unnamed = await awan.post(`/desk/cases/${third.case}/merge`, { other: 'itu', direction: 'here' });
  expect(await unnamed.text()).toMatch(/These two cannot be merged[\s\S]*value="itu"/);
  await awan.post(`/desk/cases/${other.case}/claim`);
  await awan.post(`/desk/cases/${other.case}/decide`, { determination: 'none', reason: 'Tiada apa-apa yang salah.' });
  const settled = await awan.post(`/desk/cases/${one.case}/unmerge`);
  expect([settled.status, await settled.text()].join()).toContain('409,');
  expect(await awan.page(`/desk/cases/${one.case}`)).not.toContain('/unmerge"');
});

test('who reported what was merged reads where it stands on the same page as before, and their service is told the surviving case', async () => {
  const [one, of] = [await reported('public one'), await reported('public other', { reporter: { contact: {} }, language: 'en' })];
  await awan.post(`/desk/cases/${one.case}/merge`, { other: of.case, direction: 'here' });
  await awan.post(`/desk/cases/${one.case}/claim`);
  await desk.house.settle();
  const key = await keyFor(desk.house, ['read']);
  const asked = async () =>
    (await (await fetch(`${desk.url}/v1/reports/${of.report}`, { headers: { authorization: `Bearer ${key}` } })).json()) as object;
  expect(await asked()).toMatchObject({ case: one.case, state: 'under-review' });
  const read = { determination: 'label', clause: 'bullying.harassment', reason: 'It misleads.' };
  await awan.post(`/desk/cases/${one.case}/decide`, read);
  await desk.house.settle();
  await play(desk.house).deliver();
  expect(await asked()).toMatchObject({ case: one.case, state: 'answered', outcome: 'actioned' });
  const reporter = desk.visitor();
  const address = `/report/${of.code}?lang=en`;
  const csrf = /name="csrf" value="([^"]+)"/.exec(await reporter.page(address))?.[1] ?? '';
  const cookie = [...reporter.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(desk.url + address, {
    method: 'POST',
    body: new URLSearchParams({ csrf, pin: of.pin }),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: desk.url, cookie },
  });
  const page = await answer.text();
  expect(page).toContain('It misleads.');
  expect(page).toContain('/appeal/PRS-');
});

test('whoever decides sees that what a case is about is gone from the platform', async () => {
  const { case: id } = await reported('gone', { harm: 'scam' }, 'Sudah dibuang oleh penulisnya sendiri.');
  expect(await awan.page(`/desk/cases/${id}`)).not.toContain('Gone from the platform');
  const now = play(desk.house);
  for (const action of await now.waiting()) if (action.case === id) await now.says(action, 'gone');
  expect(await awan.page(`/desk/cases/${id}`)).toContain('<strong>Gone from the platform</strong>');
});

test('who may read a case and not what was said in it sees no text here either', async () => {
  const embun = await desk.logIn('embun');
  const [one, other] = [await reported('unseen'), await reported('unseen too')];
  for (const path of ['merge', 'bundle']) {
    const page = await embun.page(`/desk/cases/${one.case}/${path}`);
    expect(page).toContain(other.case);
    expect(page).not.toContain('Hadiah percuma');
  }
  await awan.post(`/desk/cases/${one.case}/merge`, { other: other.case, direction: 'here' });
  const page = await embun.page(`/desk/cases/${one.case}`);
  expect(page).toContain(`href="/desk/cases/${other.case}"`);
  expect(page).not.toContain('Hadiah percuma');
  expect(page).not.toContain('/unmerge"');
});

test('the second person sees what was merged into the case that they are asked about, and it stays as it is until they have settled it', async () => {
  const said = 'Ayat ugutan yang hanya untuk ujian ini.';
  const [one, other] = [await reported('proposed', {}, said), await reported('proposed too', {}, said)];
  await awan.post(`/desk/cases/${one.case}/merge`, { other: other.case, direction: 'here' });
  await awan.post(`/desk/cases/${one.case}/claim`);
  const judged = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Kandungan itu menyokong keganasan.' };
  await awan.post(`/desk/cases/${one.case}/decide`, judged);
  expect(await awan.page(`/desk/cases/${other.case}`)).not.toContain('/unmerge"');
  expect((await awan.post(`/desk/cases/${other.case}/unmerge`)).status).toBe(409);
  const seri = await desk.logIn('seri');
  const proposal = /\/desk\/approvals\/[0-9a-f-]{36}/.exec(await seri.page('/desk/approvals'))?.[0] as string;
  const shown = await (await seri.post(`${proposal}/reveal`)).text();
  expect(shown).toContain(`href="/desk/cases/${other.case}"`);
  const settled = await seri.post(`${proposal}/settle`, { outcome: 'confirmed', reason: 'Saya setuju dengan cadangan itu.' });
  expect(settled.status).toBe(303);
  const now = play(desk.house);
  expect((await now.waiting()).filter((action) => [one.case, other.case].includes(action.case)).map((action) => action.do)).toEqual([
    'remove',
    'remove',
  ]);
});
