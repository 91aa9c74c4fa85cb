import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
const people: Record<string, Visitor> = {};
const who = (login: string) => people[login] as Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'approval' });
  for (const login of ['awan', 'mullai', 'seri', 'melur', 'kasturi', 'cempaka']) people[login] = await desk.logIn(login);
});
afterAll(() => desk.close());

const reason = 'Ia memuji satu serangan.';
/** Somebody decides what needs two; gives the address of what waits. */
async function proposed(id: string, by: string, fields: Record<string, string>, harm: 'violence-terrorism' | 'csam'): Promise<string> {
  const { case: of } = await play(desk.house).report(post(id, { text: `Hantaran ${id}.` }), { harm, by: `reporter-${id}` });
  await who(by).post(`/desk/cases/${of}/claim`);
  expect((await who(by).post(`/desk/cases/${of}/decide`, { reason, ...fields })).status).toBe(303);
  expect(await who(by).page(`/desk/cases/${of}`)).toContain('A decision about this case waits for a second person.');
  const page = await who(by).page('/desk/approvals');
  return [...page.matchAll(/href="(\/desk\/approvals\/[0-9a-f-]{36})"/g)].at(-1)?.[1] as string;
}
const removal = { determination: 'remove', clause: 'terrorism.promotion' };

test('what needs two waits on a desk of its own; the second person sees the material first, then the proposal, and confirms', async () => {
  expect(await who('mullai').page('/desk/approvals')).toContain('Nothing waits for a second person');
  const at = await proposed('t1', 'awan', removal, 'violence-terrorism');
  const list = await who('mullai').page('/desk/approvals');
  expect(list).toContain('You may');
  expect(list).toContain('Temporarily hidden');
  expect(list).not.toContain('>Remove<');
  const blind = await who('mullai').page(at);
  expect(blind).toContain('Look at the material first');
  for (const hidden of [reason, 'Awan', 'Settle it', 'Hantaran t1']) expect(blind).not.toContain(hidden);
  expect((await who('mullai').post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(409);
  const seen = await (await who('mullai').post(`${at}/reveal`)).text();
  for (const shown of [reason, 'Settle it', 'Hantaran t1']) expect(seen).toContain(shown);
  expect(seen).not.toContain('Awan Penyemak');
  expect((await who('mullai').post(`${at}/settle`, {})).status).toBe(422);
  expect((await who('mullai').post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(303);
  expect(await who('mullai').page(at)).toContain('Confirmed');
  expect((await play(desk.house).waiting()).map((action) => action.do)).toContain('remove');
});

test('who proposed it is not offered to settle it, is refused when they try, and takes it back', async () => {
  const at = await proposed('t2', 'seri', removal, 'violence-terrorism');
  const own = await who('seri').page(at);
  expect(own).toContain('You proposed this.');
  expect(own).not.toContain('Settle it');
  await who('seri').post(`${at}/reveal`);
  const tried = await who('seri').post(`${at}/settle`, { outcome: 'confirmed' });
  expect([tried.status, await tried.text()]).toEqual([403, expect.stringContaining('the second person never is the first')]);
  expect((await who('mullai').post(`${at}/cancel`)).status).toBe(403);
  expect((await who('seri').post(`${at}/cancel`)).status).toBe(303);
  expect(await who('seri').page(at)).toContain('Taken back');
});

test('a second person who does not agree gives it back with a reason, or decides otherwise', async () => {
  const at = await proposed('t3', 'awan', removal, 'violence-terrorism');
  await who('mullai').post(`${at}/reveal`);
  const silent = await who('mullai').post(`${at}/settle`, { outcome: 'refused', reason: ' ' });
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('Write the reason in a sentence')]);
  expect((await who('mullai').post(`${at}/settle`, { outcome: 'changed' })).status).toBe(422);
  const otherwise = { outcome: 'changed', determination: 'none', reason: 'Ia berita, bukan pujian.' };
  expect((await who('mullai').post(`${at}/settle`, otherwise)).status).toBe(303);
  const page = await who('mullai').page(at);
  expect(page).toContain('Ia berita, bukan pujian.');
  expect(page).toContain('Changed');
});

test('of child abuse material the fingerprints are the first look, and nobody else sees what waits', async () => {
  const at = await proposed('c1', 'melur', { determination: 'remove', clause: 'csam.material' }, 'csam');
  for (const login of ['mullai', 'awan']) {
    expect(await who(login).page('/desk/approvals')).not.toContain(at);
    expect((await who(login).get(at)).status).toBe(403);
  }
  const page = await who('kasturi').page(at);
  for (const shown of ['Fingerprints', reason, 'Settle it']) expect(page).toContain(shown);
  expect(page).not.toContain('Hantaran c1');
  expect((await who('kasturi').post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(303);
});
