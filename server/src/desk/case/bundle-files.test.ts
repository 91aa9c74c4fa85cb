import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { handedIn, onePoint } from '../../../test/pictures.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { gather } from '../../procedure/casework/index.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'bundle-files' });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

async function reported(id: string, ...harms: ('scam' | 'intimate-image')[]): Promise<string> {
  let of = '';
  const item = post(id, { author: `author-${id}`, text: `Hadiah percuma, ${id}.`, media: [handedIn(onePoint)] });
  for (const [n, harm] of harms.entries()) of = (await play(desk.house).report(item, { harm, by: `${id}-${n}` })).case;
  return of;
}
const looks = async (of: string) =>
  (await look(desk.house).records(of)).filter(({ kind, payload }) => kind === 'material.viewed' && payload['place'] !== null).length;

test('a bundle shows the pictures of what is decided with it, blurred, each look on record; what is guarded stays behind its own door', async () => {
  const [lead, other, guarded] = [
    await reported('lead', 'scam'),
    await reported('other', 'scam'),
    await reported('guarded', 'scam', 'intimate-image'),
  ];
  const moderator = await enrolled(desk.house, 'moderator');
  await gather(desk.house, moderator, { lead, cases: [other, guarded].map((id) => ({ id, why: [] })) });
  const page = await awan.page(`/desk/cases/${lead}/bundle`);
  const shown = [...page.matchAll(/<div class="veil"><img src="([^"]+)"[^>]*loading="lazy"/g)].map(
    ([, src]) => src?.replaceAll('&amp;', '&') ?? '',
  );
  expect(shown.map((src) => src.split('/')[3])).toEqual([lead, other]);
  expect(page).not.toContain(`/desk/cases/${guarded}/files/`);
  // Of those whose pictures stand here none is sent elsewhere for them.
  expect(page).not.toContain('shown on its own page');
  // Nothing has been looked at until a browser comes to it.
  expect(await looks(other)).toBe(0);
  const answer = await awan.get(shown[1] as string);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect([await looks(lead), await looks(other), await looks(guarded)]).toEqual([0, 1, 0]);
  // The address of one is no way to another.
  expect((await awan.get((shown[1] as string).replace(other, guarded))).status).toBe(403);
});
