import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ seed: 'break-glass pages' });
});
afterAll(() => desk.close());

const why = 'Tiada orang kedua bertugas malam ini.';

test('somebody opens it with a reason, decides alone, and another reviews it on the same page', async () => {
  const [bayu, mullai, cempaka] = [await desk.logIn('bayu'), await desk.logIn('mullai'), await desk.logIn('cempaka')];
  const { case: of } = await play(desk.house).report(post('t'), { harm: 'violence-terrorism' });
  await bayu.post(`/desk/cases/${of}/claim`);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji satu serangan.' };
  expect((await bayu.post(`/desk/cases/${of}/decide`, judgement)).status).toBe(303);
  const bad = await bayu.post('/desk/break-glass', { hours: '90', reason: why });
  expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining(why)]);
  expect((await bayu.post('/desk/break-glass', { hours: '2', reason: why })).status).toBe(303);
  const open = await bayu.page('/desk/break-glass');
  const decide = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/decide)"/.exec(open)?.[1] as string;
  expect((await bayu.post(decide)).status).toBe(303);
  const own = await bayu.page('/desk/break-glass');
  expect(own).toContain('Waits for a review');
  expect(own).not.toContain('/review"');
  const called = await cempaka.page('/desk/calls');
  for (const shown of ['Break-glass was opened', 'Decided alone', 'Cempaka Patuh']) expect(called).toContain(shown);
  const page = await mullai.page('/desk/break-glass');
  for (const shown of ['Opened by Bayu Ketua', why, 'Remove', 'Terrorism']) expect(page).toContain(shown);
  const review = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/review)"/.exec(page)?.[1] as string;
  expect((await bayu.post(review, { says: 'agrees', reason: 'Saya setuju.' })).status).toBe(403);
  expect((await mullai.post(review, { says: 'agrees', reason: '' })).status).toBe(422);
  expect((await mullai.post(review, { says: 'agrees', reason: 'Keputusan itu betul.' })).status).toBe(303);
  const after = await cempaka.page('/desk/break-glass');
  expect(after).toContain('Reviewed: agreed');
  const close = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/close)"/.exec(after)?.[1] as string;
  expect((await cempaka.post(close)).status).toBe(303);
  expect(await cempaka.page('/desk/break-glass')).toContain('Closed early');
});
