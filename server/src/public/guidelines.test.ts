import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, openTestDoors } from '../../test/doors.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { hour, play, post } from '../../test/play.ts';
import { enrolled } from '../../test/staff.ts';
import { languages } from '../foundation/i18n/language.ts';
import * as policy from '../policy/index.ts';
import { statementToken } from '../procedure/moderation/index.ts';
import { amendDraft, beginDraft, publishDraft, reviewDraft, withdrawVersion } from '../procedure/policy/index.ts';
import { accountId } from '../subjects/index.ts';

let house: TestHouse;
let doors: Doors;
beforeAll(async () => {
  house = await testHouse({ seed: 'guidelines' });
  doors = await openTestDoors(house);
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});

async function page(path: string, status = 200): Promise<string> {
  const answer = await doors.ask(path, { headers: { accept: 'text/html' } });
  expect([path, answer.status]).toEqual([path, status]);
  return answer.text();
}
const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;');

async function publish(rule: string, from: Date): Promise<string> {
  const [author, reviewer] = [await enrolled(house, 'administrator'), await enrolled(house, 'senior-moderator')];
  const clause = policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause;
  const draft = await beginDraft(house, author);
  const seen = async () => ((await house.db.begin('doors', (tx) => policy.findDraft(tx, draft))) as policy.Draft).digest;
  const becomes = { ...clause, rule: { ms: `${rule} (ms)`, en: `${rule} (en)`, zh: `${rule} (zh)`, ta: `${rule} (ta)` } };
  await amendDraft(house, author, { draft, seen: await seen(), clause: { id: clause.id, becomes } });
  await reviewDraft(house, reviewer, { draft, seen: await seen(), outcome: 'accepted', reason: 'I read it.' });
  return publishDraft(house, author, { draft, seen: await seen(), from });
}

test('anybody reads every clause with rule, examples and law, in four languages, without an account', async () => {
  for (const language of languages) {
    const text = await page(`/guidelines?lang=${language}`);
    for (const clause of policy.shippedPolicy.clauses) {
      expect(text).toContain(`id="${clause.id}"`);
      for (const words of [clause.title, clause.rule, clause.law, ...clause.examples.violating, ...clause.examples.allowed])
        expect(text).toContain(plain(words[language]));
    }
  }
  expect(await page('/?lang=en')).toContain('href="/guidelines?lang=en"');
});

test('the promises stand there with their times and where they come from, and what is unconfirmed says so', async () => {
  const text = await page('/guidelines?lang=en');
  for (const clock of ['acknowledge', 'protect', 'determine', 'enforce', 'answer.status', 'answer.outcome'])
    expect(text).toContain(policy.clockEntry(clock).name.en);
  expect(text).toContain('Set by law');
  expect(text).toContain('Unconfirmed');
  expect(text).toContain('the law has not said it clearly yet');
  expect(await page('/guidelines?lang=zh')).toContain('法令 866');
});

test('a version that is announced, the one in force and the one before it are each at their address', async () => {
  const version = await publish('No fake prizes', new Date(house.clock.now().getTime() + 24 * hour));
  expect(await page('/guidelines?lang=en')).not.toContain('No fake prizes (en)');
  const ahead = await page(`/guidelines/v/${version}?lang=en`);
  expect(ahead).toContain('No fake prizes (en)');
  expect(ahead).toContain(`Version ${version}, in force from`);
  house.clock.advance(24 * hour);
  expect(await page('/guidelines?lang=ta')).toContain('No fake prizes (ta)');
  const old = await page('/guidelines/v/1?lang=en');
  expect(old).toContain('Another version has taken its place.');
  expect(old).toContain(plain((policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause).rule.en));
  await page('/guidelines/v/99', 404);
  await page('/guidelines/v/none', 404);
});

test('a version that was withdrawn before it began never bound anybody, and is shown to nobody', async () => {
  const version = await publish('Nothing at all', new Date(house.clock.now().getTime() + hour));
  await withdrawVersion(house, await enrolled(house, 'administrator'), version);
  await page(`/guidelines/v/${version}`, 404);
  expect(await page('/guidelines?lang=en')).not.toContain(`/guidelines/v/${version}`);
});

test('a statement leads to its clause in the version that it was decided by, in its words, whatever was published since', async () => {
  const now = play(house);
  const moderator = await enrolled(house, 'moderator');
  const of = await now.report(post('prize'), { harm: 'scam' });
  const decision = await now.judge(moderator, { case: of.case, determination: 'remove', clause: 'scam.prize' });
  await house.settle();
  await publish('Another wording', house.clock.now());
  const author = accountId(house.secret, 'warung', 'author');
  const statement = await page(`/statement/${decision.puid}?token=${statementToken(house, decision.id, 'author', author)}&lang=en`);
  expect(statement).toContain(`href="/guidelines/v/${decision.policy}?lang=en#scam.prize"`);
  expect(statement).toContain('No fake prizes (en)');
  expect(statement).not.toContain('Another wording');
});
