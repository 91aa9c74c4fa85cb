import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let awan: Visitor;
let see: ReturnType<typeof look>;
beforeAll(async () => {
  desk = await openDesk({ seed: 'dismiss' });
  see = look(desk.house);
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

test('whoever holds the case dismisses one report with ground and reason; without a ground the form comes back as it was typed', async () => {
  const { report, case: of } = await play(desk.house).report(post('insult'), { reason: 'bullying.insults' });
  expect(await awan.page(`/desk/cases/${of}`)).not.toContain('Dismiss a report');
  await awan.post(`/desk/cases/${of}/claim`);
  const page = await awan.page(`/desk/cases/${of}`);
  expect(page).toContain('Dismiss a report');
  expect(page).toContain('Insults');
  // The clause that the reporter's reason leads to is chosen already.
  expect(page).toMatch(/value="bullying\.harassment" checked/);

  const wrong = await awan.post(`/desk/cases/${of}/dismiss`, { report, ground: '', because: 'Perkara <kecil>.' });
  expect(wrong.status).toBe(422);
  const again = await wrong.text();
  expect(again).toContain('<a href="#ground">Choose the ground on which the report is dismissed.</a>');
  expect(again).toContain('Perkara &lt;kecil&gt;.');

  expect((await awan.post(`/desk/cases/${of}/dismiss`, { report, ground: 'trivial', because: 'Perkara kecil.' })).status).toBe(303);
  expect(await see.report(report)).toMatchObject({ state: 'dismissed', ground: 'trivial' });
  const after = await awan.page(`/desk/cases/${of}`);
  expect(after).toContain('Report dismissed: trivial');
  expect(after).not.toContain('Dismiss a report');
});
