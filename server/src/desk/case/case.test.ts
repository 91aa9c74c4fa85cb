import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { momentsOf } from '../../views/case-life.sql.ts';

let desk: TestDesk;
let awan: Visitor;
let mullai: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'case' });
  awan = await desk.logIn('awan');
  mullai = await desk.logIn('mullai');
});
afterAll(() => desk.close());

let n = 0;
const reported = async (text: string, more: Parameters<ReturnType<typeof play>['report']>[1] = {}) => {
  const { case: id } = await play(desk.house).report(post(`p${++n}`, { text }), more);
  await desk.house.settle();
  return id;
};
const views = async (id: string) =>
  (await desk.house.db.begin('doors', (tx) => momentsOf(tx, id))).filter(({ kind }) => kind === 'material.viewed');

describe('what a case is about', () => {
  test('is shown at once where it harms nobody to read it, and writes no record', async () => {
    const id = await reported('Ayat biasa untuk dibaca.');
    expect(await awan.page(`/desk/cases/${id}`)).toContain('Ayat biasa untuk dibaca.');
    expect(await views(id)).toEqual([]);
  });

  test('is not in the page where it is guarded, until somebody asks; then who asked is on record, each time', async () => {
    const id = await reported('A text nobody reads unasked.', { harm: 'child-harm' });
    const before = await awan.page(`/desk/cases/${id}`);
    expect(before).not.toContain('A text nobody reads unasked.');
    expect(before).toContain('your name, the time and the reason are put on record');
    const shown = await awan.post(`/desk/cases/${id}/reveal`);
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await shown.text()).toContain('A text nobody reads unasked.');
    expect(await awan.page(`/desk/cases/${id}`)).not.toContain('A text nobody reads unasked.');
    await mullai.post(`/desk/cases/${id}/reveal`);
    expect((await views(id)).map(({ actor }) => actor)).toEqual(['Awan Penyemak', 'Mullai']);
  });

  test('is guarded as soon as one report says that it is of that kind', async () => {
    const id = await reported('First it seemed harmless.', { harm: 'bullying-hate' });
    const again = { item: post(`p${n}`, { text: 'First it seemed harmless.' }), harm: 'intimate-image', by: 'another' } as const;
    await play(desk.house).report(again.item, { harm: again.harm, by: again.by });
    expect(await awan.page(`/desk/cases/${id}`)).not.toContain('First it seemed harmless.');
  });

  test('stands in the page as text, whatever it is made of', async () => {
    const id = await reported('<script>alert(1)</script><b>bold</b>');
    expect(await awan.page(`/desk/cases/${id}`)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;bold&lt;/b&gt;');
  });
});

describe('beside what a case is judged by', () => {
  test('stands what the law leaves open of a reason, and of the clauses that it leads to', async () => {
    const id = await reported('Akaun ini meniru orang lain.', { harm: 'scam', reason: 'scam.impersonation' });
    const plain = (page: string) => page.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');
    const page = plain(await awan.page(`/desk/cases/${id}`));
    const [, ...said] = page.split('Unconfirmed: Financial fraud needs a financial aim');
    // With the report, and with the clause.
    expect(said).toHaveLength(2);
    const other = await reported('Saya tidak suka ini.', { harm: 'scam', reason: 'scam.phishing' });
    expect(plain(await awan.page(`/desk/cases/${other}`)).split('Unconfirmed: Financial fraud').length).toBe(2);
  });

  test('stand the day that the platform says it was written, and when it came', async () => {
    const id = await reported('Hantaran lama.', { received_at: '2026-11-24T00:20:00Z' });
    const page = await awan.page(`/desk/cases/${id}`);
    expect(page).toContain('handed in by the platform');
    expect(page).not.toContain('Written, as the platform says');
    const { case: dated } = await play(desk.house).report(post('dated', { created_at: '2026-11-20T00:00:00Z' }));
    expect(await awan.page(`/desk/cases/${dated}`)).toMatch(
      /Written, as the platform says<\/dt>\s*<dd><time datetime="2026-11-20T00:00:00.000Z"/,
    );
  });
});

describe('a decision that cannot be made', () => {
  test('comes back with what is to be put right and everything that was typed', async () => {
    const id = await reported('Belum diputuskan.');
    await awan.post(`/desk/cases/${id}/claim`);
    const typed = { determination: 'remove', clause: '', reason: 'Sebab yang panjang & <penting>.' };
    const answer = await awan.post(`/desk/cases/${id}/decide`, typed);
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('<a href="#clause">Choose the clause of the guidelines that is broken.</a>');
    expect(text).toContain('Sebab yang panjang &amp; &lt;penting&gt;.');
    expect(text).toMatch(/value="remove" checked/);
    const inMalay = /href="([^"]+)" hreflang="ms"/.exec(text)?.[1] as string;
    expect([inMalay, (await awan.get(inMalay)).status]).toEqual([`/desk/cases/${id}?lang=ms`, 200]);
    await awan.get(`/desk/cases/${id}?lang=en`);

    const silent = await awan.post(`/desk/cases/${id}/decide`, { determination: 'none', clause: 'hate.attack', reason: ' ' });
    expect([silent.status, await silent.text()]).toEqual([422, expect.stringMatching(/href="#reason"[\s\S]*value="hate.attack" checked/)]);
    const undecided = await awan.post(`/desk/cases/${id}/decide`, { reason: 'Sebab.' });
    expect([undecided.status, await undecided.text()]).toEqual([422, expect.stringContaining('href="#determination"')]);
    expect(await awan.page(`/desk/cases/${id}`)).toContain('Waiting for a decision');
  });

  test('by somebody who does not hold the case is refused, and so is taking a held one', async () => {
    const id = await reported('Dipegang orang lain.');
    await awan.post(`/desk/cases/${id}/claim`);
    const taken = await mullai.post(`/desk/cases/${id}/claim`);
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('Somebody else holds this case.')]);
    const decided = await mullai.post(`/desk/cases/${id}/decide`, { determination: 'none', reason: 'Tiada apa-apa.' });
    expect([decided.status, await decided.text()]).toEqual([409, expect.stringContaining('You do not hold this case any more.')]);
    expect(await mullai.page(`/desk/cases/${id}`)).toContain('Awan Penyemak holds this case until today, ');
    await awan.post(`/desk/cases/${id}/release`);
    expect((await mullai.post(`/desk/cases/${id}/claim`)).status).toBe(303);
  });

  test('twice is refused the second time', async () => {
    const id = await reported('Sekali sahaja.');
    await awan.post(`/desk/cases/${id}/claim`);
    const judged = { determination: 'none', reason: 'Tiada pelanggaran.' };
    expect((await awan.post(`/desk/cases/${id}/decide`, judged)).status).toBe(303);
    expect((await awan.post(`/desk/cases/${id}/decide`, judged)).status).toBe(409);
    expect((await awan.post(`/desk/cases/${id}/hide`, { clause: 'bullying.harassment' })).status).toBe(409);
  });
});

test('the life of a case tells its records in their order, with their place in the log and their seal', async () => {
  const id = await reported('Riwayatnya diceritakan.');
  await desk.house.settle();
  const page = await awan.page(`/desk/cases/${id}`);
  const told = [...page.matchAll(/No\. ([\d,]+) in the log · <code>([a-z.-]+)<\/code>/g)].map(([, index, kind]) => [
    Number(index?.replace(',', '')),
    kind,
  ]);
  expect(told.map(([, kind]) => kind)).toEqual(['case.opened', 'report.received', 'notice.written']);
  expect(told.map(([index]) => index)).toEqual([...told.map(([index]) => index)].sort((a, b) => Number(a) - Number(b)));
  expect(page.match(/class="seal seal-yes"/g)).toHaveLength(3);
});
