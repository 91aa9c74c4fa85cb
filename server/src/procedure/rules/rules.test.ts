import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hour, minute, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type * as decisions from '../../decisions/index.ts';
import { createLog } from '../../foundation/log.ts';
import { tell } from '../../records/retell.ts';
import * as screening from '../../screening/index.ts';
import type { Member } from '../../staff/index.ts';
import { shippedEngine } from '../engine.ts';
import { screen } from '../moderation/index.ts';
import { begin } from '../setup/begin.ts';
import { draftRule, makeRuleLive, proposeRule, type RuleInput, ruleFeed, shadowRule, switchRuleOff, writeRuleCounts } from './index.ts';

let house: TestHouse;
let administrator: Member;
let senior: Member;
let another: Member;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'rules' });
  administrator = await enrolled(house, 'administrator');
  senior = await enrolled(house, 'senior-moderator');
  another = await enrolled(house, 'senior-moderator', 'another');
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const read = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const ruleNow = async (id: string) => (await read((tx) => screening.findRule(tx, id))) as screening.Rule;
const input = (slug: string, more: Partial<RuleInput> = {}): RuleInput => ({
  slug,
  harm: 'scam',
  clause: 'scam.phishing',
  verdict: 'review',
  when: 'account.age_days < 3 && item.links >= 1',
  name: { ms: 'Pautan akaun baharu', en: 'New account’s link' },
  why: { en: 'New accounts seldom share links.' },
  ...more,
});
async function inShadow(slug: string, more: Partial<RuleInput> = {}): Promise<string> {
  const id = await draftRule(house, administrator, input(slug, more));
  await shadowRule(house, administrator, id);
  return id;
}
async function live(slug: string, more: Partial<RuleInput> = {}): Promise<string> {
  const id = await inShadow(slug, more);
  await proposeRule(house, administrator, id);
  await makeRuleLive(house, senior, id);
  await heard();
  return id;
}
/** What every process does by itself: the log is laid, and the rules are looked at. */
async function heard(): Promise<void> {
  await house.settle();
  await house.ruleFeed.look();
}
const link = (id: string, author = id) => post(id, { author, text: 'Lihat http://kedai.example/a' });
const young = { account: { age_days: 1 } };

test('the rules that come along arrive as shadows, once, and nobody calls them theirs', async () => {
  const rules = await read((tx) => screening.allRules(tx));
  expect(rules).toHaveLength(13);
  expect(new Set(rules.map(({ state, version, draftedBy }) => `${state} ${version} ${draftedBy}`))).toEqual(new Set(['shadow 1 null']));
  await begin(house);
  expect(await read((tx) => screening.allRules(tx))).toHaveLength(13);
});

test('an expression that is wrong is refused with its place, and so is a clause that the guidelines do not have', async () => {
  await expect(draftRule(house, administrator, input('wrong', { when: 'account.age < 3' }))).rejects.toMatchObject({
    code: 'rule-wrong',
    message: expect.stringContaining('Line 1, column'),
  });
  await expect(draftRule(house, administrator, input('wrong', { clause: 'hate.race' }))).rejects.toMatchObject({ code: 'clause-unknown' });
  await expect(draftRule(house, administrator, input('Wrong Name'))).rejects.toMatchObject({ code: 'field-wrong' });
  await expect(draftRule(house, moderator, input('wrong'))).rejects.toMatchObject({ code: 'forbidden' });
});

test('a shadow changes nothing of what is answered; what it would have hit is counted, with where', async () => {
  const before = await screen(house, 'warung', link('calm'), young);
  const id = await inShadow('young-link');
  await heard();
  const after = await screen(house, 'warung', link('calm too'), young);
  expect([before.screened.verdict, after.screened.verdict]).toEqual(['allow', 'allow']);
  expect(after.screened.shadow).toContainEqual(expect.objectContaining({ rule: 'young-link', version: '1' }));
  await screen(house, 'warung', post('no link'), young);
  await writeRuleCounts(house);
  const { screened, hits } = await read((tx) => screening.hitsSince(tx, new Date(house.clock.now().getTime() - hour)));
  expect([screened, hits.get(id)]).toEqual([3, 1]);
  expect(await read((tx) => screening.samplesOf(tx, id))).toMatchObject([{ item: 'calm too', service: 'warung', surface: 'public-feed' }]);
  expect(await writeRuleCounts(house)).toBe(false);
  house.clock.advance(8 * 24 * hour);
  await screen(house, 'warung', post('later'), young);
  await writeRuleCounts(house);
  expect(await read((tx) => screening.samplesOf(tx, id))).toEqual([]);
});

test('a rule counts only when a second person says so, who neither wrote nor proposed it', async () => {
  const id = await draftRule(house, administrator, input('two-people'));
  await expect(proposeRule(house, administrator, id)).rejects.toMatchObject({ code: 'conflict' });
  await shadowRule(house, senior, id);
  await expect(makeRuleLive(house, another, id)).rejects.toMatchObject({ code: 'conflict' });
  await proposeRule(house, senior, id);
  for (const first of [administrator, senior]) await expect(makeRuleLive(house, first, id)).rejects.toMatchObject({ code: 'same-person' });
  await expect(makeRuleLive(house, moderator, id)).rejects.toMatchObject({ code: 'forbidden' });
  await makeRuleLive(house, another, id);
  expect((await ruleNow(id)).state).toBe('live');
  await switchRuleOff(house, administrator, id);
  expect((await ruleNow(id)).state).toBe('off');
});

test('a live rule counts in every process without a restart, is switched off by one, and a process that begins late knows it', async () => {
  // A second process: its own engine, the same log.
  const engine = shippedEngine();
  const elsewhere = ruleFeed({ db: house.db, engine, counter: screening.createRuleCounter(), log: house.log });
  await elsewhere.look();
  const id = await live('everywhere', { when: 'item.media > 3' });
  await elsewhere.look();
  const ask = (of: typeof engine) => of.screen({ text: 'x', surface: { private: 'no', screening: true }, item: { media: 4 } });
  expect([ask(house.engine), ask(engine)].map(({ verdict, versions }) => [verdict, versions['rules']])).toEqual([
    ['review', house.engine.versions['rules']],
    ['review', house.engine.versions['rules']],
  ]);
  const late = shippedEngine();
  await ruleFeed({ db: house.db, engine: late, counter: screening.createRuleCounter(), log: house.log }).look();
  expect(ask(late).verdict).toBe('review');
  await switchRuleOff(house, administrator, id);
  await heard();
  await elsewhere.look();
  expect([ask(house.engine).verdict, ask(engine).verdict]).toEqual(['allow', 'allow']);
});

test('a new version of a live rule is tried beside it and takes its place in one step', async () => {
  const first = await live('versions', { when: 'item.media > 5' });
  const second = await inShadow('versions', { when: 'item.media > 6' });
  expect([(await ruleNow(first)).state, (await ruleNow(second)).version]).toEqual(['live', '2']);
  await proposeRule(house, administrator, second);
  await makeRuleLive(house, senior, second);
  expect([(await ruleNow(first)).state, (await ruleNow(second)).state]).toEqual(['off', 'live']);
  await switchRuleOff(house, administrator, second);
});

test('what a live rule hides is an automated decision with clause, statement and appeal, and names the rule and its version', async () => {
  const now = play(house);
  const id = await live('hides', { verdict: 'withhold', when: 'account.reports_24h >= 9' });
  const { screened, raised } = await screen(house, 'warung', post('hidden', { author: 'shouter' }), { account: { reports_24h: 9 } });
  expect([screened.verdict, screened.clause]).toEqual(['withhold', 'scam.phishing']);
  const made = raised?.decision as decisions.Decision;
  expect([made.automated, made.clause, made.decidedBy]).toEqual(['fully', 'scam.phishing', null]);
  const told = await read((tx) => tell(house, tx, made.record));
  expect(JSON.parse(told?.line as string)).toMatchObject({ versions: { 'rule:hides': '1', policy: made.policy } });
  expect(await read((tx) => screening.verdictOn(tx, made.revision as string))).toMatchObject({ rule: 'hides', ruleVersion: '1' });
  // A person confirms it, and then its author may appeal, as against any other decision.
  const final = await now.judge(moderator, { case: made.case, determination: 'remove', clause: 'scam.phishing' });
  expect((await now.appeal(final.id, 'shouter')).appeal).toBeTruthy();
  await switchRuleOff(house, administrator, id);
  await heard();
  const found = await screen(house, 'warung', post('words', { author: 'scammer', text: scamText }));
  const words = found.raised?.decision as decisions.Decision;
  expect(await read((tx) => screening.verdictOn(tx, words.revision as string))).toMatchObject({ rule: null });
});

test('a young rule that hits more than 50 times and more than 5 in 100 is a shadow again by itself, with a record and an alarm', async () => {
  const lines: string[] = [];
  const loud = createLog('error', { write: (line) => void lines.push(line) });
  const id = await live('runaway', { when: 'account.followers == 0' });
  house.ruleCounter.restart();
  const noisy = { ...house, log: loud };
  const nobody = { account: { followers: 0 } };
  for (let i = 0; i < 49; i++) await screen(noisy, 'warung', post(`mass ${i}`), nobody);
  expect((await ruleNow(id)).state).toBe('live');
  const last = await screen(noisy, 'warung', post('mass 49'), nobody);
  expect([last.screened.verdict, (await ruleNow(id)).state, (await ruleNow(id)).braked]).toEqual(['review', 'shadow', true]);
  // At once, in this process too.
  const next = await screen(noisy, 'warung', post('mass 50'), nobody);
  expect(next.screened.verdict).toBe('allow');
  expect(next.screened.shadow.map(({ rule }) => rule)).toContain('runaway');
  expect(lines.join('')).toContain('a young rule hit too much');
  // Back to live only the long way.
  await expect(makeRuleLive(house, senior, id)).rejects.toMatchObject({ code: 'conflict' });
  await switchRuleOff(house, administrator, id);
  await heard();
}, 60_000);

test('an old rule, a rare one and one that hits its share are left alone', () => {
  const now = new Date('2026-11-26T00:00:00Z');
  const asked = { liveSince: new Date(now.getTime() - hour), now, hits: 50, screened: 900 };
  expect(screening.runsAway(asked)).toBe(true);
  expect(screening.runsAway({ ...asked, liveSince: new Date(now.getTime() - 24 * hour) })).toBe(false);
  expect(screening.runsAway({ ...asked, hits: 49 })).toBe(false);
  expect(screening.runsAway({ ...asked, screened: 1_000 })).toBe(false);
});

test('more rules than can be tried together are refused, and what is in force stays', async () => {
  const before = house.engine.versions['rules'];
  const costly = Array.from({ length: 8 }, (_, i) => `signals.exists(s, s.score > ${i} && s.level == "low")`).join(' || ');
  const tooMuch = async () => {
    for (let i = 0; ; i++) await inShadow(`costly-${i}`, { when: costly });
  };
  await expect(tooMuch()).rejects.toMatchObject({ code: 'rule-wrong' });
  await heard();
  expect(house.engine.versions['rules']).not.toBe(before);
  expect((await screen(house, 'warung', post('still'), young)).screened.verdict).toBe('allow');
}, 60_000);

test('counts that could not be written are not lost', async () => {
  await screen(house, 'warung', post('one more'));
  await expect(writeRuleCounts({ ...house, gate: { open: false, reason: 'test' } as never })).rejects.toMatchObject({
    code: 'log-refuses',
  });
  house.clock.advance(minute);
  expect(await writeRuleCounts(house)).toBe(true);
});
