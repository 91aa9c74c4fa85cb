import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { sweep } from '../../procedure/moderation/index.ts';

let desk: TestDesk;
let awan: Visitor;
let mullai: Visitor;
let elsewhere: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'held', undoSeconds: 10 });
  [awan, mullai, elsewhere] = [await desk.logIn('awan'), await desk.logIn('mullai'), await desk.logIn('awan')];
});
afterAll(() => desk.close());

const reason = 'Ia jenaka antara kawan.';
async function decided(item: string): Promise<{ readonly at: string; readonly undo: string }> {
  const { case: id } = await play(desk.house).report(post(item));
  const at = `/desk/cases/${id}`;
  await awan.post(`${at}/claim`);
  expect((await awan.post(`${at}/decide`, { determination: 'none', reason })).headers.get('location')).toBe(at);
  const [undo = ''] = /\/desk\/held\/[0-9a-f-]{36}\/undo/.exec(await awan.page(at)) ?? [];
  return { at, undo };
}

test('a tray on every page has what was decided a moment ago; undone there, the case is back with what was typed', async () => {
  const { at, undo } = await decided('tray');
  expect(undo).not.toBe('');
  for (const page of ['/desk/queue', '/desk/clocks']) expect(await awan.page(page)).toContain(undo);
  expect(await mullai.page('/desk/queue')).not.toContain('/desk/held/');
  expect(await mullai.page(at)).toContain('carried out in a moment');
  expect((await mullai.post(undo)).status).toBe(403);
  const back = (await awan.post(undo)).headers.get('location') as string;
  expect(back).toMatch(new RegExp(`^${at}\\?again=`));
  const page = await awan.page(back);
  expect(page).toContain(reason);
  expect(page).toMatch(/value="none" checked/);
  expect(page).not.toContain('/desk/held/');
  expect(await awan.page(at)).not.toContain(`>\n${reason}</textarea>`);
});

test('the tray survives a closed tab, and is empty once the time is over', async () => {
  const { at, undo } = await decided('tab');
  expect(await elsewhere.page('/desk/queue')).toContain(undo);
  desk.house.clock.advance(10_000);
  expect(await elsewhere.page('/desk/queue')).not.toContain(undo);
  expect((await elsewhere.post(undo)).headers.get('location')).toBe('/desk/queue?notice=undo-over');
  expect(await elsewhere.page('/desk/queue?notice=undo-over')).toContain('The time to undo it is over');
  await sweep(desk.house);
  expect(await awan.page(at)).toContain('Done');
});
