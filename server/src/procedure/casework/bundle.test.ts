import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { likeness, traits } from '../../views/similar.ts';

let desk: TestDesk;
let now: ReturnType<typeof play>;
let [awan, seri, mullai]: Visitor[] = [];
beforeAll(async () => {
  desk = await openDesk({ seed: 'bundle' });
  now = play(desk.house);
  await rested();
});
afterAll(() => desk.close());

/** Somebody who was away logs in again. */
async function rested(): Promise<void> {
  [awan, seri, mullai] = [await desk.logIn('awan'), await desk.logIn('seri'), await desk.logIn('mullai')];
}
const send = (who: Visitor | undefined, path: string, fields: Record<string, string | string[]> = {}) =>
  (who as Visitor).post(path, fields);
const settle = async () => {
  await desk.house.settle();
  await now.deliver();
  await desk.house.settle();
};
const scam = (n: number, author: string) =>
  now.report(
    post(`s${n}`, { author, text: `Hadiah RM5,000 untuk anda nombor ${n}. Tebus segera di http://hadiah.example sekarang juga.` }),
    {
      harm: 'manipulated-media',
      by: `reporter${n}`,
    },
  );
const suggested = (page: string) => [...page.matchAll(/name="case" value="([0-9a-f-]{36} [a-z ]+)"/g)].map((found) => found[1] as string);

test('what shares a link, a text, a file or an author looks like one campaign, in scripts without blanks, too; what shares little does not', () => {
  const one = traits('a', 'Hadiah RM5,000 untuk anda. Tebus segera di http://www.hadiah.example', []);
  expect(likeness([one], traits('b', 'Lihat hadiah.example', []))).toEqual(['link']);
  expect(likeness([one], traits('b', 'Hadiah RM9,000 untuk anda! Tebus segera di http://www.lain.example', []))).toEqual(['text']);
  expect(
    likeness([traits('a', '在家打字日赚三百元名额有限先付保证金', [])], traits('b', '在家打字日赚三百元名额有限先付保证金吧', [])),
  ).toEqual(['text']);
  expect(likeness([traits('a', '', ['f1'])], traits('b', '', ['f1']))).toEqual(['file']);
  expect(likeness([one], traits('a', 'Selamat pagi semua.', []))).toEqual(['author']);
  expect(likeness([one], traits('b', 'Selamat pagi semua.', []))).toEqual([]);
});

test('similar cases are suggested, gathered by a person, decided as one; an author is told once; their appeal reaches theirs alone', async () => {
  const opened: string[] = [];
  for (const [n, author] of ['ali', 'ali', 'ali', 'bala', 'bala'].entries()) opened.push((await scam(n, author)).case);
  const [lead = '', ...others] = opened;
  const strange = (await now.report(post('strange', { author: 'cik', text: 'Selamat pagi.' }), { harm: 'manipulated-media' })).case;
  await settle();
  await send(awan, `/desk/cases/${lead}/claim`);
  const page = await (awan as Visitor).page(`/desk/cases/${lead}/bundle`);
  expect(
    suggested(page)
      .map((one) => one.split(' ')[0])
      .sort(),
  ).toEqual([...others].sort());
  expect(page).not.toContain(strange);
  expect((await send(awan, `/desk/cases/${lead}/bundle/gather`, { case: suggested(page) })).status).toBe(303);
  // One row of the queue, and nothing of it is claimed or decided apart.
  const queue = await (awan as Visitor).page('/desk/queue?harm=manipulated-media');
  expect([queue.includes(`/desk/cases/${lead}`), ...others.map((id) => queue.includes(`/desk/cases/${id}`))]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect((await send(seri, `/desk/cases/${others[0]}/claim`)).status).toBe(409);
  expect((await send(awan, `/desk/cases/${lead}/decide`, { determination: 'none', reason: 'Tiada apa-apa.' })).status).toBe(409);

  expect(await (awan as Visitor).page(`/desk/cases/${lead}/bundle`)).toContain('2 authors are told');
  const decided = await send(awan, `/desk/cases/${lead}/bundle/decide`, {
    determination: 'remove',
    clause: 'manipulated.deceptive',
    reason: 'Kempen hadiah palsu yang sama.',
    except: [`${others[3]} label`],
  });
  expect(decided.status).toBe(303);
  const made = await Promise.all(opened.map(async (id) => (await look(desk.house).decisions(id)).at(-1)));
  expect(made.map((one) => one?.determination)).toEqual(['remove', 'remove', 'remove', 'remove', 'label']);
  expect(new Set(made.map((one) => one?.puid)).size).toBe(5);
  await settle();
  const notices = async (template: string) =>
    (await look(desk.house).messages()).filter(
      ({ type, data }) => type === 'notice.issued' && data['role'] === 'author' && String(data['title']).includes(template),
    );
  const removed = await notices('dibuang');
  expect(
    removed.map(({ data }) => [(data['to'] as { account: string }).account, (data['also'] as unknown[] | undefined)?.length ?? 0]).sort(),
  ).toEqual([
    ['ali', 2],
    ['bala', 0],
  ]);
  expect(removed.find(({ data }) => data['also'])?.data['body']).toContain('Keputusan ini juga untuk 2 lagi kandungan anda, bertarikh: ');
  // Whoever reported any of it is answered about what they reported.
  for (const id of opened) expect((await look(desk.house).reports(id)).map(({ state }) => state)).toEqual(['answered']);
  await now.obey();

  const { appeal } = await now.appeal((made[1] as { id: string }).id, 'ali');
  expect(await (mullai as Visitor).page(`/desk/appeals/${appeal}`)).toContain(
    '2 more items of this author were decided in the same bundle.',
  );
  const ruled = await send(mullai, `/desk/appeals/${appeal}/decide`, {
    outcome: 'overturned',
    determination: 'none',
    reason: 'Ini pertandingan sebenar.',
  });
  expect(ruled.status).toBe(303);
  expect((await now.obey()).sort()).toEqual(['restore', 'restore', 'restore']);
  const after = await Promise.all(opened.map(async (id) => (await look(desk.house).decisions(id)).at(-1)?.determination));
  expect(after).toEqual(['none', 'none', 'none', 'remove', 'label']);
  await settle();
});
