import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import * as policy from '../../policy/index.ts';
import { typedOf } from './clause.ts';

let desk: TestDesk;
let intan: Visitor;
let mullai: Visitor;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'policy desk' });
  intan = await desk.logIn('intan');
  mullai = await desk.logIn('mullai');
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const seenOn = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] as string;
async function begun(): Promise<string> {
  const answer = await intan.post('/desk/policy');
  expect(answer.status).toBe(303);
  return answer.headers.get('location') as string;
}
const prize = policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause;
const typed = (more: Record<string, string> = {}) => ({ ...(typedOf(prize) as Record<string, string>), ...more });

test('the page lists the version in force with its mark, and a second person clears it', async () => {
  expect(await awan.page('/desk/policy')).toContain('Single-handed until reviewed');
  expect(await awan.page('/desk/policy')).not.toContain('Begin a draft');
  expect((await awan.post('/desk/policy')).status).toBe(403);
  expect((await mullai.post('/desk/policy/confirm', { version: '1' })).status).toBe(303);
  expect(await intan.page('/desk/policy')).not.toContain('Single-handed until reviewed');
  expect((await mullai.post('/desk/policy/confirm', { version: '1' })).status).toBe(409);
});

test('a clause is rewritten, the difference is shown word for word, another person accepts, and it is published for a day ahead', async () => {
  const draft = await begun();
  expect(await intan.page(draft)).toContain('Nothing is changed yet.');
  const form = await intan.page(`${draft}/clause?clause=scam.prize`);
  expect(form).toContain(prize.rule.ta);
  const rule = prize.rule.en.replace('Do not', 'Never');
  const saved = await intan.post(`${draft}/clause`, typed({ seen: seenOn(form), rule_en: rule }));
  expect([saved.status, saved.headers.get('location')]).toEqual([303, draft]);
  const page = await intan.page(draft);
  expect(page).toContain('<del>Do not</del><ins>Never</ins>');
  expect(page).toContain('Whole, in four languages.');
  expect(page).toContain('You wrote at this draft, so somebody else reviews it.');

  const seen = seenOn(page);
  expect((await intan.post(`${draft}/review`, { seen, outcome: 'accepted', reason: 'Mine.' })).status).toBe(403);
  const silent = await mullai.post(`${draft}/review`, { seen, outcome: '', reason: 'Read.' });
  expect([silent.status, (await silent.text()).includes('Choose whether you accept or return it.')]).toEqual([422, true]);
  expect((await mullai.post(`${draft}/review`, { seen, outcome: 'accepted', reason: 'I read it.' })).status).toBe(303);
  expect(await intan.page(draft)).toContain('I read it.');

  const wrong = await intan.post(`${draft}/publish`, { seen, from: 'tomorrow' });
  expect([wrong.status, (await wrong.text()).includes('href="#from"')]).toEqual([422, true]);
  expect((await intan.post(`${draft}/publish`, { seen, from: '2026-12-01 00:00' })).status).toBe(303);
  const listed = await intan.page('/desk/policy');
  expect(listed).toContain('Scheduled');
  const { inForceFrom } = (await desk.house.db.begin('doors', (tx) => policy.version(tx, '2'))) as policy.VersionRow;
  expect(inForceFrom.toISOString()).toBe('2026-11-30T16:00:00.000Z');
  expect((await intan.post('/desk/policy/withdraw', { version: '2' })).status).toBe(303);
  expect(await intan.page('/desk/policy')).toContain('Withdrawn');
});

test('what is missing is named, in which clause and which language, and is not accepted', async () => {
  const draft = await begun();
  const seen = seenOn(await intan.page(draft));
  await intan.post(`${draft}/clause`, typed({ seen, rule_ta: '', law_zh: '' }));
  const page = await intan.page(draft);
  expect(page).toMatch(/<strong>scam\.prize<\/strong>: rule \(தமிழ்\)/);
  expect(page).toMatch(/<strong>scam\.prize<\/strong>: law \(中文\)/);
  const refused = await mullai.post(`${draft}/review`, { seen: seenOn(page), outcome: 'accepted', reason: 'Read.' });
  expect([refused.status, (await refused.text()).includes('Something is missing.')]).toEqual([409, true]);
});

test('a form that was open while somebody else saved is not taken, and what was typed comes back', async () => {
  const draft = await begun();
  const seen = seenOn(await intan.page(draft));
  expect((await intan.post(`${draft}/clause`, typed({ seen, number: '3.98' }))).status).toBe(303);
  const late = await mullai.post(`${draft}/clause`, typed({ seen, title_en: 'Won, and yet not' }));
  const text = await late.text();
  expect([late.status, text.includes('Won, and yet not'), text.includes('has changed')]).toEqual([409, true, true]);
  const odd = await intan.post(`${draft}/clause`, typed({ seen: seenOn(await intan.page(draft)), id: 'Not a name' }));
  expect([odd.status, (await odd.text()).includes('Look at internal name')]).toEqual([400, true]);
  const gone = await intan.post(`${draft}/remove`, { seen: seenOn(await intan.page(draft)), id: 'scam.prize' });
  expect([gone.status, (await intan.page(draft)).includes('Removed clause')]).toEqual([303, true]);
  expect((await intan.post(`${draft}/drop`, { seen: seenOn(await intan.page(draft)) })).status).toBe(303);
  expect(await intan.page(draft)).toContain('Dropped');
});

test('a text in JSON becomes a draft of what is different; what is none comes back', async () => {
  const { clauses, ...rest } = policy.shippedPolicy;
  const bad = await intan.post('/desk/policy/import', { text: 'clauses: none' });
  expect([bad.status, (await bad.text()).includes('not a text of guidelines')]).toEqual([422, true]);
  const renamed = clauses.map((one) => (one.id === 'scam.romance' ? { ...one, title: { ...one.title, en: 'False love' } } : one));
  const good = await intan.post('/desk/policy/import', { text: JSON.stringify({ ...rest, clauses: renamed }) });
  const page = await intan.page(good.headers.get('location') as string);
  expect(page).toContain('<ins>love</ins>');
  expect(page.match(/Changed clause/g)).toHaveLength(1);
});
