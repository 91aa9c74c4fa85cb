import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { shortCode } from '../words.ts';

let desk: TestDesk;
let awan: Visitor;
let embun: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'thread' });
  [awan, embun] = [await desk.logIn('awan'), await desk.logIn('embun')];
});
afterAll(() => desk.close());

const reported = async (item: ReturnType<typeof post>, harm: 'bullying-hate' | 'child-harm' | 'csam' = 'bullying-hate') =>
  (await play(desk.house).report(item, { harm })).case;
const reply = (id: string, parent: string) =>
  post(id, { kind: 'comment', parent, url: `https://warung.example/posts/${parent}#${id}`, text: `Balasan ${id}.` });
const terms = (page: string) =>
  Object.fromEntries([...page.matchAll(/<dt>([^<]+)<\/dt><dd>(.*?)<\/dd>/g)].map(([, term, value]) => [term, value]));

test('what was said stands beside what it replies to and the address where it stood, which is no link', async () => {
  const above = await reported(post('above'));
  const page = await awan.page(`/desk/cases/${await reported(reply('below', 'above'))}`);
  expect(terms(page)).toMatchObject({
    'In reply to': `<code>above</code> <a class="code" href="/desk/cases/${above}">${shortCode(above)}</a>`,
    Address: '<code>https://warung.example/posts/above#below</code>',
  });
  expect(page).not.toContain('href="https://warung.example');
});

test('what it replies to leads to no case where there is none, and to none that the reader may not see', async () => {
  await reported(post('worst'), 'csam');
  for (const parent of ['unreported', 'worst']) {
    const page = await awan.page(`/desk/cases/${await reported(reply(`to-${parent}`, parent))}`);
    expect(terms(page)['In reply to']).toBe(`<code>${parent}</code>`);
  }
});

test('neither is told where what was said is not', async () => {
  const of = await reported(reply('guarded', 'above'), 'child-harm');
  for (const page of [await awan.page(`/desk/cases/${of}`), await embun.page(`/desk/cases/${of}`)])
    expect(page).not.toMatch(/In reply to|warung\.example/);
  expect(await (await awan.post(`/desk/cases/${of}/reveal`)).text()).toContain('https://warung.example/posts/above#guarded');
});
