import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { gather } from '../../procedure/casework/index.ts';
import type { Seeded } from '../../procedure/staff/seed.ts';
import type { Member } from '../../staff/index.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'readers' });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

type Tongue = 'ms' | 'en' | 'zh' | 'ta';
/** A post of somebody who reads this, reported by people who read those. */
async function reported(id: string, author: Tongue, ...reporters: Tongue[]): Promise<string> {
  let of = '';
  const item = { ...post(id), author: { id: `${id}-author`, handle: id, language: author } };
  for (const language of reporters)
    of = (await play(desk.house).report(item, { language, reporter: { account: { id: `${id}-${language}`, language } } })).case;
  return of;
}
const plainly = (page: string) => page.replaceAll(/<[^>]+>/g, '');
const notices = async () =>
  (await look(desk.house).messages())
    .filter(({ type }) => type === 'notice.issued')
    .map(({ data }) => data as { to: { account: string }; body: string; statement_url: string });
const bodyTo = async (account: string) => (await notices()).filter(({ to }) => to.account === account).at(-1)?.body ?? '';

test('whoever types a reason sees in which languages those read whom it goes to, whatever they decide', async () => {
  const of = await reported('seen', 'ta', 'ms', 'en');
  await awan.post(`/desk/cases/${of}/claim`);
  const says = 'Author reads: தமிழ்; Reporters read: English, Bahasa Melayu. Your reason reaches them as you type it.';
  expect(plainly(await awan.page(`/desk/cases/${of}`))).toContain(says);
  const beside = await reported('beside', 'zh', 'ms');
  await gather(desk.house, desk.staff['awan'] as Seeded & Member, { lead: of, cases: [{ id: beside, why: [] }] });
  expect(plainly(await awan.page(`/desk/cases/${of}/bundle`))).toContain(
    'Author reads: தமிழ், 中文; Reporters read: English, Bahasa Melayu.',
  );
});

test('who does not read the language of a reason is told whose words these are; who does, is not', async () => {
  const reason = 'Ini menghina dia dan keluarga mereka kerana agama.';
  const of = await reported('told', 'ta', 'ms', 'en', 'zh');
  const moderator = await enrolled(desk.house, 'moderator');
  await play(desk.house).judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' }, reason);
  await play(desk.house).obey();
  await desk.house.settle();
  expect(await bodyTo('told-author')).toContain(`இவை வேறு மொழியில் இருக்கலாம்: ${reason}`);
  expect(await bodyTo('told-en')).toContain(`They may be in another language: ${reason}`);
  expect(await bodyTo('told-zh')).toContain(`可能是另一种语言：${reason}`);
  expect(await bodyTo('told-ms')).toContain(`Kata pasukan kami: ${reason}`);
  // The statement of reasons says the same to whoever reads it in another language.
  const address = new URL((await notices()).find(({ to }) => to.account === 'told-author')?.statement_url ?? '');
  const statement = async (language: string) => {
    address.searchParams.set('lang', language);
    return desk.visitor().page(`${address.pathname}${address.search}`);
  };
  expect(await statement('en')).toContain('They may be in another language.');
  expect(await statement('ms')).not.toContain('Bahasanya mungkin lain.');
});

test('whoever hears the appeal sees what the appellant reads', async () => {
  const [told] = await look(desk.house).query<{ id: string }>("select id from decisions.decision where determination = 'remove' limit 1");
  await play(desk.house).deliver();
  const { appeal } = await play(desk.house).appeal(told?.id as string, 'told-author');
  const seri = await desk.logIn('seri');
  expect(plainly(await seri.page(`/desk/appeals/${appeal}`))).toContain('Appellant reads: Bahasa Melayu; Author reads: தமிழ்');
});
