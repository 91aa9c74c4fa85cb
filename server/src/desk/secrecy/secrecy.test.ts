import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let awan: Visitor;
let mullai: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'secrecy desk' });
  awan = await desk.logIn('awan');
  mullai = await desk.logIn('mullai');
});
afterAll(() => desk.close());

test('a senior keeps a case secret on its page, sees it in the list with its reason, and ends it there; a moderator reads only that it is', async () => {
  const { case: of } = await play(desk.house).report(post('kept'));
  expect(await awan.page(`/desk/cases/${of}`)).not.toContain('Keep this case secret');
  expect(await mullai.page(`/desk/cases/${of}`)).toContain('Keep this case secret');
  const form = { basis: 'referral', 'secret-days': '60', 'secret-reason': 'PDRM, rujukan 4711.' };
  expect((await awan.post(`/desk/cases/${of}/secrecy`, form)).status).toBe(403);
  for (const wrong of [
    { ...form, 'secret-days': '181' },
    { ...form, 'secret-days': 'x' },
  ]) {
    const refused = await mullai.post(`/desk/cases/${of}/secrecy`, wrong);
    expect([refused.status, (await refused.text()).includes('for 180 days at most')]).toEqual([409, true]);
  }
  expect((await mullai.post(`/desk/cases/${of}/secrecy`, form)).status).toBe(303);

  const page = await awan.page(`/desk/cases/${of}`);
  expect([page.includes('Kept secret until'), page.includes('rujukan 4711')]).toEqual([true, false]);
  expect((await awan.get('/desk/secrecy')).status).toBe(403);
  const list = await mullai.page('/desk/secrecy');
  for (const shown of ['PDRM, rujukan 4711.', 'Referred to an enforcement agency', of, 'End it now']) expect(list).toContain(shown);

  const [, id] = /action="\/desk\/secrecy\/([0-9a-f-]{36})\/lift"/.exec(list) ?? [];
  expect((await mullai.post(`/desk/secrecy/${id}/lift`)).status).toBe(303);
  const after = await mullai.page('/desk/secrecy');
  expect([after.includes('End it now'), after.includes('Ended')]).toEqual([false, true]);
  expect((await mullai.post(`/desk/secrecy/${id}/lift`)).status).toBe(409);
});
