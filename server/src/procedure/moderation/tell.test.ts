import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import type { Member } from '../../staff/index.ts';
import { decideAppeal, hide } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator', 'moderator-sulit');
  senior = await enrolled(house, 'senior-moderator', 'penyemak-sulit');
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const settle = async () => {
  await house.settle();
  await now.deliver();
  await house.settle();
};
const by = (id: string, language?: Language) => ({ account: { id, handle: `${id}-handle`, ...(language && { language }) } });

test('everybody is told in their own language: an author in their account’s, a reporter in their report’s', async () => {
  const author = { id: 'penulis', language: 'zh' } as const;
  const item = { ...post('languages'), author };
  const { case: of } = await now.report(item, { reporter: by('r-ta', 'en'), language: 'ta' });
  await now.report(item, { reporter: by('r-en'), language: 'en' });
  await now.report(item, { reporter: { contact: { language: 'ta' } }, language: 'ms' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await settle();
  const told = (await see.notices(of)).filter(({ decision }) => decision !== null).map(({ role, language }) => `${role} ${language}`);
  expect(told.sort()).toEqual(['author zh', 'reporter en', 'reporter ms', 'reporter ta']);
  const removed = (await see.messages()).filter(({ data }) => data['language'] === 'zh' && data['role'] === 'author');
  expect(removed[0]?.data['body']).toMatch(/\p{Script=Han}/u);
  expect(removed[0]?.data['statement_url']).toMatch(/lang=zh$/);
});

test('an author whose language nobody knows is told in that of the first report', async () => {
  const { case: of } = await now.report({ ...post('unknown language'), author: { id: 'silent' } }, { language: 'ta' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await house.settle();
  expect((await see.notices(of)).find(({ role }) => role === 'author')?.language).toBe('ta');
});

test('who has no account finds every notice on the page of their report from the moment it is written', async () => {
  const { case: of } = await now.report(post('no account'), { reporter: { contact: {} } });
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  await house.settle();
  const theirs = (await see.notices(of)).filter(({ role }) => role === 'reporter');
  expect(theirs.map(({ template, state, channel }) => [template, state, channel])).toEqual([
    ['report.acknowledged', 'handed', 'page'],
    ['report.no-violation', 'handed', 'page'],
  ]);
  expect((await see.messages()).some(({ subject }) => theirs.some(({ id }) => id === subject))).toBe(false);
});

test('who reported stays unknown to the author, and who decided to everybody outside', async () => {
  const item = post('secret', { author: 'author-s' });
  const { case: of } = await now.report(item, { reporter: by('pelapor-rahsia'), text: 'Saya jirannya.' });
  await hide(house, moderator, { case: of, clause });
  await now.obey();
  const removal = await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  await settle();
  const mine = await now.appeal(removal.id, 'author-s');
  await decideAppeal(house, senior, { appeal: mine.appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  await settle();
  const messages = await see.messages();
  const about = new Set([...(await see.notices(of)).map(({ id }) => id), ...(await see.actions(of)).map(({ id }) => id)]);
  const left = messages.filter(({ subject }) => about.has(subject));
  const toReporter = (data: Record<string, unknown>) => JSON.stringify([data['to'], data['reporter']]).includes('pelapor-rahsia');
  expect(left.filter(({ data }) => toReporter(data)).length).toBeGreaterThan(1);
  for (const { text } of left.filter(({ data }) => !toReporter(data))) {
    expect(text).not.toMatch(/pelapor-rahsia|jirannya/);
    expect(text).not.toContain(now.ours('pelapor-rahsia'));
  }
  for (const { text } of left) {
    for (const { name, id } of [moderator, senior]) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(id);
    }
  }
  expect(left.length).toBeGreaterThan(5);
});

test('nothing of a person stands in the log: names, words and reasons are commitments there', async () => {
  const { case: of } = await now.report(post('in the log', { author: 'author-l', text: 'Kata-kata rahsia.' }), {
    reporter: by('reporter-l'),
    text: 'Aduan rahsia.',
  });
  await now.judge(moderator, { case: of, determination: 'remove', clause }, 'Sebab rahsia.');
  await settle();
  const lines = (await see.query<{ line: string }>('select line from records.record')).map(({ line }) => line).join('\n');
  for (const secret of ['author-l', 'reporter-l', 'rahsia', moderator.name, now.ours('author-l'), now.ours('reporter-l')])
    expect(lines).not.toContain(secret);
});
