import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let cempaka: Visitor;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'instruction' });
  cempaka = await desk.logIn('cempaka');
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const typed = { service: 'warung', kind: 'remove', reference: 'MCMC/7', due: '2026-11-30 17:00', item_kind: 'post', item_id: 'p' };

test('an instruction is entered on its page, carried out by the platform, and its receipt can be read', async () => {
  const around = play(desk.house);
  await around.report(post('p'));
  const sent = await cempaka.post('/desk/instructions', typed);
  expect(sent.status).toBe(303);
  const page = sent.headers.get('location') as string;
  expect(await cempaka.page(page)).toContain('Decided, waiting for the platform');
  await around.obey();
  expect(await cempaka.page(page)).toContain('Written receipt');
  expect(await cempaka.page('/desk/instructions')).toContain('MCMC/7');
});

test('what is missing or wrong comes back with everything that was typed', async () => {
  for (const [field, value] of [
    ['kind', ''],
    ['reference', ' '],
    ['due', 'soon'],
  ] as const) {
    const refused = await cempaka.post('/desk/instructions', { ...typed, reference: 'MCMC/8', [field]: value });
    const text = await refused.text();
    expect([field, refused.status, text.includes(`href="#${field}"`), text.includes('value="p"')]).toEqual([field, 422, true, true]);
  }
  const unknown = await cempaka.post('/desk/instructions', { ...typed, reference: 'MCMC/9', item_id: 'never seen' });
  expect([unknown.status, (await unknown.text()).includes('This item has never come here')]).toEqual([422, true]);
});

test('a moderator neither reads the register nor enters anything', async () => {
  expect((await awan.get('/desk/instructions')).status).toBe(403);
  expect((await awan.post('/desk/instructions', typed)).status).toBe(403);
});
