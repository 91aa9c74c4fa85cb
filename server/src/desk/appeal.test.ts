import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { play, post } from '../../test/play.ts';
import { decisionsOf } from '../decisions/questions.ts';

let desk: TestDesk;
let mullai: Visitor;
let seri: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'appeal' });
  mullai = await desk.logIn('mullai');
  seri = await desk.logIn('seri');
});
afterAll(() => desk.close());

/** A post that Mullai removed, and its author's appeal. */
async function appealed(id: string, harm: 'bullying-hate' | 'child-harm' = 'bullying-hate') {
  const around = play(desk.house);
  const { case: about } = await around.report(post(id, { text: `Yang dikatakan dalam ${id}.` }), { harm });
  await mullai.post(`/desk/cases/${about}/claim`);
  await mullai.post(`/desk/cases/${about}/decide`, {
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Sebab keputusan pertama.',
  });
  await around.obey();
  const removal = (await desk.house.db.begin('doors', (tx) => decisionsOf(tx, about))).at(-1);
  const { appeal } = await around.appeal(removal?.id as string, 'author');
  await desk.house.settle();
  return { about, appeal };
}
const ruling = { outcome: 'upheld', reason: 'Keputusan pertama betul.' };

test('who decided first sees the appeal, is told that somebody else must answer it, and cannot', async () => {
  const { appeal } = await appealed('first');
  expect(await mullai.page('/desk/appeals')).toContain('Somebody else: the first decision was yours');
  expect(await mullai.page(`/desk/appeals/${appeal}`)).not.toContain(`action="/desk/appeals/${appeal}/decide"`);
  const refused = await mullai.post(`/desk/appeals/${appeal}/decide`, ruling);
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('the second person never is the first')]);
  expect((await seri.post(`/desk/appeals/${appeal}/decide`, ruling)).status).toBe(303);
  const answered = await seri.page(`/desk/appeals/${appeal}`);
  expect(answered).toContain('The answer to the appeal: the decision stands');
  expect(answered).toContain('Keputusan pertama betul.');
  expect((await seri.post(`/desk/appeals/${appeal}/decide`, ruling)).status).toBe(409);
});

test('whoever hears it reads the first decision and its reason, not the name of who made it', async () => {
  const { appeal } = await appealed('blind');
  const page = await seri.page(`/desk/appeals/${appeal}`);
  expect(page).toContain('Sebab keputusan pertama.');
  expect(page).not.toContain('Mullai');
});

test('an answer that is not whole comes back with everything that was typed', async () => {
  const { appeal } = await appealed('unfinished');
  const typed = { outcome: 'overturned', determination: 'label', clause: '', reason: 'Label sudah cukup.' };
  const refused = await seri.post(`/desk/appeals/${appeal}/decide`, typed);
  const text = await refused.text();
  expect([refused.status, text.includes('href="#clause"'), text.includes('Label sudah cukup.')]).toEqual([422, true, true]);
  expect(text).toMatch(/value="overturned" checked[\s\S]*value="label" checked/);
  expect(await (await seri.post(`/desk/appeals/${appeal}/decide`, { reason: 'x' })).text()).toContain('href="#outcome"');
  expect(await (await seri.post(`/desk/appeals/${appeal}/decide`, { outcome: 'overturned' })).text()).toContain('href="#determination"');
});

test('guarded material is shown to whoever hears the appeal when they ask, and that is on record', async () => {
  const { about, appeal } = await appealed('guarded', 'child-harm');
  expect(await seri.page(`/desk/appeals/${appeal}`)).not.toContain('Yang dikatakan dalam guarded.');
  expect(await (await seri.post(`/desk/appeals/${appeal}/reveal`)).text()).toContain('Yang dikatakan dalam guarded.');
  await desk.house.settle();
  expect(await seri.page(`/desk/cases/${about}`)).toMatch(/Material opened to be seen[\s\S]*Seri Kanan/);
});
