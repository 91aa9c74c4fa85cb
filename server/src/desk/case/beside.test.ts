import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { handedIn, onePoint } from '../../../test/pictures.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'beside' });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

/** Posts of one campaign: each says the same and something of its own. */
const campaign = (id: string) =>
  post(id, {
    author: `author-${id}`,
    text: `Hadiah percuma menanti anda di https://hadiah.example/tuntut, ${id}.`,
    media: [handedIn(onePoint)],
  });
const reported = async (id: string, ...harms: ('scam' | 'intimate-image')[]) => {
  let of = '';
  for (const [n, harm] of harms.entries()) of = (await play(desk.house).report(campaign(id), { harm, by: `${id}-${n}` })).case;
  return of;
};
const guardedText = 'The text is not shown here: this material may distress you. Open that case by itself.';

test('beside another case each keeps its own guard: what one report calls an intimate image is not read there unasked', async () => {
  const [plain, alike] = [await reported('plain', 'scam'), await reported('alike', 'scam')];
  const guarded = await reported('guarded', 'scam', 'intimate-image');
  // The worse harm does not make it another case of the scam's desk: it stands among the same suggestions.
  for (const path of ['bundle', 'merge']) {
    const page = await awan.page(`/desk/cases/${plain}/${path}`);
    expect([path, page.includes(guarded), page.includes('tuntut, guarded.'), page.includes(guardedText)]).toEqual([
      path,
      true,
      false,
      true,
    ]);
    expect([path, page.includes(alike), page.includes('tuntut, alike.')]).toEqual([path, true, true]);
    expect(page).toContain('1 file, shown on its own page');
  }
});

test('nor does one that is guarded keep the others from being read', async () => {
  const guarded = await reported('lead', 'scam', 'intimate-image');
  const other = await reported('other', 'scam');
  const page = await awan.page(`/desk/cases/${guarded}/merge`);
  expect([page.includes(other), page.includes('tuntut, other.'), page.includes('tuntut, lead.')]).toEqual([true, true, false]);
});

test('what was merged into a case guards it there as well', async () => {
  const [plain, lead] = [await reported('beside-merged', 'scam'), await reported('lead-merged', 'scam')];
  const inside = await reported('inside', 'scam', 'intimate-image');
  expect((await awan.post(`/desk/cases/${lead}/merge`, { other: inside, direction: 'here' })).status).toBe(303);
  const page = await awan.page(`/desk/cases/${plain}/merge`);
  expect([page.includes(lead), page.includes('tuntut, lead-merged.'), page.includes('tuntut, inside.')]).toEqual([true, false, false]);
});
