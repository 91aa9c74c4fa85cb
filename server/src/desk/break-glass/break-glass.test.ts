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

test('a bundle is decided alone and taken back on the same page, which says how many cases it is', async () => {
  const [bayu, mullai] = [await desk.logIn('bayu'), await desk.logIn('mullai')];
  const cases: string[] = [];
  for (const id of ['b1', 'b2'])
    cases.push((await play(desk.house).report(post(id, { author: id }), { harm: 'violence-terrorism', by: `${id}-reporter` })).case);
  const [lead, second] = cases;
  await bayu.post(`/desk/cases/${lead}/bundle/gather`, { case: `${second} chosen` });
  await bayu.post(`/desk/cases/${lead}/claim`);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji satu serangan.' };
  expect((await bayu.post(`/desk/cases/${lead}/bundle/decide`, judgement)).status).toBe(303);
  await bayu.post('/desk/break-glass', { hours: '2', reason: why });
  const open = await bayu.page('/desk/break-glass');
  expect(open).toContain('2 cases as one');
  const decide = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/decide)"/.exec(open)?.[1] as string;
  expect((await bayu.post(decide)).status).toBe(303);
  const page = await mullai.page('/desk/break-glass');
  for (const shown of ['2 cases as one', `href="/desk/cases/${second}"`, 'all of it that still stands is taken back'])
    expect(page).toContain(shown);
  const review = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/review)"/.exec(page)?.[1] as string;
  expect((await mullai.post(review, { says: 'objects', reason: 'Ia berita.' })).status).toBe(303);
  expect(await mullai.page(`/desk/cases/${second}`)).toContain('No violation');
  expect(await mullai.page('/desk/break-glass')).toContain('Reviewed: taken back');
});

test('that something was about a child is told to nobody here but whom it concerns', async () => {
  const [kasturi, melur, intan, mullai] = [
    await desk.logIn('kasturi'),
    await desk.logIn('melur'),
    await desk.logIn('intan'),
    await desk.logIn('mullai'),
  ];
  const { case: of } = await play(desk.house).report(post('child'), { harm: 'csam', by: 'a witness' });
  await kasturi.post(`/desk/cases/${of}/claim`);
  const judgement = { determination: 'remove', clause: 'csam.material', reason: 'Keputusan.' };
  expect((await kasturi.post(`/desk/cases/${of}/decide`, judgement)).status).toBe(303);
  await kasturi.post('/desk/break-glass', { hours: '2', reason: why });
  const decide = /action="(\/desk\/break-glass\/[0-9a-f-]{36}\/decide)"/.exec(await kasturi.page('/desk/break-glass'))?.[1] as string;
  expect((await kasturi.post(decide)).status).toBe(303);
  const code = `>${of.slice(-8, -4).toUpperCase()}-${of.slice(-4).toUpperCase()}<`;
  expect(await melur.page('/desk/break-glass')).toContain(code);
  // An administrator may know that there is such a case; never the case itself.
  const counted = await intan.page('/desk/break-glass');
  expect([counted.includes(code), counted.includes(`href="/desk/cases/${of}"`)]).toEqual([true, false]);
  const page = await mullai.page('/desk/break-glass');
  expect([page.includes(code), page.includes('<p>A decision</p>'), page.includes('Decided by Kasturi')]).toEqual([false, true, true]);
});
