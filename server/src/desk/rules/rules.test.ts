import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { post } from '../../../test/play.ts';
import { screen } from '../../procedure/moderation/index.ts';
import { writeRuleCounts } from '../../procedure/rules/index.ts';

let desk: TestDesk;
let intan: Visitor;
let mullai: Visitor;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'rules desk' });
  intan = await desk.logIn('intan');
  mullai = await desk.logIn('mullai');
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const typed = (more: Record<string, string> = {}) => ({
  slug: 'young-link',
  when: 'account.age_days < 3 && item.links >= 1',
  clause: 'scam.phishing',
  verdict: 'review',
  name_en: 'Link of a new account',
  why_en: 'New accounts seldom share links.',
  ...more,
});

test('the rules that came along are listed as shadows, and who may not write sees no way to', async () => {
  const page = await awan.page('/desk/rules');
  expect(page).toContain('New account with many links');
  expect(page).toContain('stops by itself once it hits at least 50 times and more than 5 per cent');
  expect(page).not.toContain('Write a rule');
  expect((await awan.get('/desk/rules/new')).status).toBe(403);
});

test('what is wrong with an expression is marked in the text, with line and column, before anything is saved', async () => {
  const answer = await intan.post('/desk/rules/new', typed({ when: 'account.age < 3 &&\n item.kind == "story"', check: 'yes' }));
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain('account.<mark>age</mark>');
  expect(page).toMatch(/Line 1, column 9: There is no “age” here/);
  expect(page).toContain('<mark>&quot;story&quot;</mark>');
  expect(page).toMatch(/Line 2, column 15: This is never “story”/);
  const refused = await intan.post('/desk/rules/new', typed({ when: 'account.age < 3' }));
  expect([refused.status, (await refused.text()).includes('href="#when"')]).toEqual([422, true]);
  const fine = await intan.post('/desk/rules/new', typed({ check: 'yes' }));
  expect(await fine.text()).toContain('This expression can be used.');
  const odd = await intan.post('/desk/rules/new', typed({ slug: 'No Name' }));
  expect([odd.status, (await odd.text()).includes('value="No Name"')]).toEqual([400, true]);
});

test('a rule is written, tried, shown with what it hit, made to count by another person, and ended by one', async () => {
  const saved = await intan.post('/desk/rules/new', typed());
  const rule = saved.headers.get('location') as string;
  expect(saved.status).toBe(303);
  expect((await intan.post(`${rule}/shadow`)).status).toBe(303);
  await desk.house.settle();
  await desk.house.ruleFeed.look();
  const seen = { account: { age_days: 1 } };
  const { screened } = await screen(desk.house, 'warung', post('kedai', { author: 'new', text: 'Lihat http://kedai.example/a' }), seen);
  expect(screened.verdict).toBe('allow');
  await writeRuleCounts(desk.house);
  const shown = await intan.page(rule);
  expect(shown).toMatch(/<strong>1<\/strong> <span class="quiet">1 item screened/);
  expect(shown).toContain('<code>kedai</code>');
  expect(shown).not.toContain('kedai.example');

  expect((await intan.post(`${rule}/propose`)).status).toBe(303);
  expect(await intan.page(rule)).toContain('so somebody else makes it count');
  expect((await intan.post(`${rule}/live`)).status).toBe(403);
  expect((await mullai.post(`${rule}/live`)).status).toBe(303);
  expect(await mullai.page('/desk/rules')).toContain('Live');
  await desk.house.settle();
  await desk.house.ruleFeed.look();
  const next = await screen(desk.house, 'warung', post('kedai 2', { author: 'new', text: 'Lihat http://kedai.example/b' }), seen);
  expect(next.screened.verdict).toBe('review');
  expect((await intan.post(`${rule}/off`)).status).toBe(303);
  expect((await intan.post(`${rule}/live`)).status).toBe(409);
});
