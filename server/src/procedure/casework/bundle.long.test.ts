import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let now: ReturnType<typeof play>;
let [awan, seri]: Visitor[] = [];
beforeAll(async () => {
  desk = await openDesk({ seed: 'bundle' });
  now = play(desk.house);
  await rested();
});
afterAll(() => desk.close());

/** Somebody who was away logs in again. */
async function rested(): Promise<void> {
  [awan, seri] = [await desk.logIn('awan'), await desk.logIn('seri')];
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

test('300 posts of 40 accounts are decided as one by a second person, and told again they are the same', async () => {
  const opened: string[] = [];
  for (let n = 100; n < 400; n++) opened.push((await scam(n, `mule${n % 40}`)).case);
  await settle();
  const [lead = ''] = opened;
  const page = await (awan as Visitor).page(`/desk/cases/${lead}/bundle`);
  const found = suggested(page);
  expect(found).toHaveLength(299);
  expect((await send(awan, `/desk/cases/${lead}/bundle/gather`, { case: found })).status).toBe(303);
  const judged = { determination: 'remove', clause: 'manipulated.deceptive', reason: 'Satu kempen hadiah palsu.', measure: 'suggested' };
  await send(awan, `/desk/cases/${lead}/claim`);
  expect((await send(awan, `/desk/cases/${lead}/bundle/decide`, judged)).status).toBe(303);
  const [proposal] = /\/desk\/approvals\/[0-9a-f-]{36}/.exec(await (seri as Visitor).page('/desk/approvals')) ?? [];
  await send(seri, `${proposal}/reveal`);
  const before = performance.now();
  expect((await send(seri, `${proposal}/settle`, { outcome: 'confirmed' })).status).toBe(303);
  process.stdout.write(`a bundle of 300: ${Math.round(performance.now() - before)} ms\n`);
  const [times] = await look(desk.house).query<{ n: number; statements: number }>(
    `select count(*)::int as n, count(distinct d.puid)::int as statements from decisions.bundled b join decisions.decision d on d.id = b.decision where b.case_id = $1 and d.stage = 'final'`,
    [lead],
  );
  expect(times).toEqual({ n: 300, statements: 300 });
  await settle();
  const told = (await look(desk.house).messages()).filter(
    ({ type, data }) =>
      type === 'notice.issued' && data['role'] === 'author' && (data['to'] as { account: string }).account.startsWith('mule'),
  );
  // Each is told once of what was hidden meanwhile, and once of the decision.
  expect(told).toHaveLength(80);
  expect(told.reduce((sum, { data }) => sum + 1 + (data['also'] as unknown[]).length, 0)).toBe(600);
  const target = await freshDatabase();
  try {
    await foldInto(desk.house, target.url);
    expect((await compareStateTables(desk.house.url, target.url)).differences).toEqual([]);
  } finally {
    await target.drop();
  }
}, 300_000);
