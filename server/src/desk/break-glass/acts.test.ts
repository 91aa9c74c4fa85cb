import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import * as policy from '../../policy/index.ts';
import { typedOf } from '../policy/clause.ts';

let desk: TestDesk;
let intan: Visitor;
let mullai: Visitor;
let cempaka: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'acts alone on the page' });
  [intan, mullai, cempaka] = [await desk.logIn('intan'), await desk.logIn('mullai'), await desk.logIn('cempaka')];
});
afterAll(() => desk.close());

const why = 'Tiada orang kedua bertugas malam ini.';
const open = () => intan.post('/desk/break-glass', { hours: '2', reason: why });
const reviewOn = (page: string) => /action="(\/desk\/break-glass\/acts\/[0-9a-f-]{36}\/review)"/.exec(page)?.[1] as string;
const seenOn = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] as string;

test('a rule is made to count alone on its page, which says so until somebody else has reviewed it where all of it is listed', async () => {
  const typed = {
    ...{ slug: 'young-link', when: 'account.age_days < 3 && item.links >= 1', clause: 'scam.phishing', verdict: 'review' },
    ...{ name_en: 'Link of a new account', why_en: 'New accounts seldom share links.' },
  };
  const rule = (await intan.post('/desk/rules/new', typed)).headers.get('location') as string;
  await intan.post(`${rule}/shadow`);
  await intan.post(`${rule}/propose`);
  expect(await intan.page(rule)).toContain('Where nobody is there in time:');
  const early = await intan.post(`${rule}/alone`);
  expect([early.status, (await early.text()).includes('Open break-glass first')]).toEqual([409, true]);
  expect((await open()).status).toBe(303);
  expect(await intan.page('/desk/break-glass')).toContain(`<a href="${rule}">Rule Link of a new account`);
  // Whoever could be the second person is offered that, and nothing else.
  expect(await mullai.page(rule)).not.toContain(`${rule}/alone`);
  expect(await intan.page(rule)).toContain(`${rule}/alone`);
  expect((await intan.post(`${rule}/alone`)).status).toBe(303);
  expect(await mullai.page(rule)).toContain('Made to count by one person alone, not yet reviewed.');
  expect(await cempaka.page('/desk/calls')).toContain('<a href="/desk/break-glass">Break-glass</a>');
  const own = await intan.page('/desk/break-glass');
  for (const shown of ['Screening rule Link of a new account (young-link 1) was made to count', 'Done by Intan', 'Waits for a review'])
    expect(own).toContain(shown);
  expect(own).toContain('<span>Break-glass</span><span class="count">1<span class="unseen"> waiting');
  expect(reviewOn(own)).toBe(undefined);
  expect(reviewOn(await cempaka.page('/desk/break-glass'))).toBe(undefined);
  const review = reviewOn(await mullai.page('/desk/break-glass'));
  expect((await intan.post(review, { says: 'agrees', reason: 'Saya setuju.' })).status).toBe(403);
  const silent = await mullai.post(review, { says: '', reason: 'Terlalu luas.' });
  expect([silent.status, (await silent.text()).includes('Terlalu luas.')]).toEqual([422, true]);
  expect((await mullai.post(review, { says: 'objects', reason: 'Terlalu luas.' })).status).toBe(303);
  const after = await cempaka.page('/desk/break-glass');
  for (const shown of ['Reviewed: switched off', 'Terlalu luas.', 'Reviewed by Mullai']) expect(after).toContain(shown);
  expect(await intan.page(rule)).toContain('Off');
});

test('a draft is published alone on its page; the version is marked, and confirmed where it is reviewed', async () => {
  const draft = (await intan.post('/desk/policy')).headers.get('location') as string;
  const prize = policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause;
  const form = await intan.page(`${draft}/clause?clause=scam.prize`);
  await intan.post(`${draft}/clause`, { ...(typedOf(prize) as Record<string, string>), seen: seenOn(form), rule_en: 'No fake prizes.' });
  const page = await intan.page(draft);
  expect(page).toContain('Publish it alone');
  expect(await mullai.page(draft)).not.toContain('Publish it alone');
  const wrong = await intan.post(`${draft}/alone`, { seen: seenOn(page), from: 'tomorrow' });
  expect([wrong.status, (await wrong.text()).includes('href="#from"')]).toEqual([422, true]);
  expect((await intan.post(`${draft}/alone`, { seen: seenOn(page), from: '' })).status).toBe(303);
  const listed = await mullai.page('/desk/policy');
  for (const shown of ['Single-handed until reviewed', 'Published by one person alone: review it']) expect(listed).toContain(shown);
  expect((await mullai.post('/desk/policy/confirm', { version: '2' })).status).toBe(409);
  const publicly = async () => (await desk.visitor().get('/guidelines?lang=en')).text();
  expect(await publicly()).toContain('Not yet looked at by a second person');
  const review = reviewOn(await mullai.page('/desk/break-glass'));
  expect((await mullai.post(review, { says: 'agrees', reason: 'Saya sudah membacanya.' })).status).toBe(303);
  expect(await mullai.page('/desk/policy')).not.toContain('Published by one person alone');
  expect(await publicly()).not.toContain('Not yet looked at by a second person');
  expect(await cempaka.page('/desk/break-glass')).toContain('Guidelines version 2 were published');
});
