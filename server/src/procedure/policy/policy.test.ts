import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { decideAppeal } from '../moderation/index.ts';
import { erase } from '../people/erase.ts';
import { disable } from '../staff/disable.ts';
import { amendDraft, beginDraft, confirmVersion, dropDraft, publishDraft, readDocument, reviewDraft, withdrawVersion } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let administrator: Member;
let senior: Member;
let another: Member;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'policy' });
  now = play(house);
  administrator = await enrolled(house, 'administrator');
  senior = await enrolled(house, 'senior-moderator');
  another = await enrolled(house, 'senior-moderator', 'another');
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const read = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const draftOf = async (id: string) => (await read((tx) => policy.findDraft(tx, id))) as policy.Draft;
const seen = async (id: string) => (await draftOf(id)).digest;
const inForce = async (at = house.clock.now()) => read((tx) => policy.inForce(tx, at));
const clauseNow = async (id: string) => (await inForce()).clauseOf(id) as policy.Clause;

async function written(id: string, rule: string, author = administrator): Promise<string> {
  const draft = await beginDraft(house, author);
  const clause = await clauseNow(id);
  await amendDraft(house, author, {
    draft,
    seen: await seen(draft),
    clause: { id, becomes: { ...clause, rule: { ...clause.rule, en: rule } } },
  });
  return draft;
}
const accept = async (draft: string, member = senior) =>
  reviewDraft(house, member, { draft, seen: await seen(draft), outcome: 'accepted', reason: 'Plain, and whole in four languages.' });
const publish = async (draft: string, from = house.clock.now()) =>
  publishDraft(house, administrator, { draft, seen: await seen(draft), from });

test('a new installation begins with the policy that came along, marked until a second person has looked', async () => {
  const first = await inForce();
  expect([first.version, first.singleHanded, first.digest]).toEqual(['1', true, policy.shippedDigest]);
  await expect(confirmVersion(house, moderator, '1')).rejects.toMatchObject({ code: 'forbidden' });
  await confirmVersion(house, senior, '1');
  expect((await inForce()).singleHanded).toBe(false);
  await expect(confirmVersion(house, administrator, '1')).rejects.toMatchObject({ code: 'conflict' });
});

test('the texts that installations began with never change, the one of before neither', () => {
  expect([...policy.shippedTexts.keys()]).toEqual([
    '94f3152cf110a1ab802f4535410e284c2be53724b684db516fd81f66c105596e',
    '4b86b4e970617ccdb5547818aa03f62989eb18d69e089b80ccebefd3b8fe14bf',
  ]);
  expect(policy.shippedDigest).toBe([...policy.shippedTexts.keys()].at(-1));
});

test('nobody reviews what they wrote at, and nothing is published that nobody reviewed', async () => {
  const draft = await written('scam.prize', 'No fake prizes.');
  await expect(publish(draft)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accept(draft, administrator)).rejects.toMatchObject({ code: 'same-person' });
  await expect(accept(draft, moderator)).rejects.toMatchObject({ code: 'forbidden' });
  await reviewDraft(house, senior, { draft, seen: await seen(draft), outcome: 'returned', reason: 'Say what a prize is.' });
  const { review, state } = await draftOf(draft);
  expect(state).toBe('drafting');
  expect((await read((tx) => reveal(house, tx, 'policy.reviewed', review as string)))?.reason).toBe('Say what a prize is.');

  await accept(draft);
  // A word more after the review: it has to be reviewed again, and not by whoever added it.
  const clause = await clauseNow('scam.prize');
  const more = { ...clause, rule: { ...clause.rule, en: 'No fake prizes and gifts.' } };
  await amendDraft(house, senior, { draft, seen: await seen(draft), clause: { id: clause.id, becomes: more } });
  await expect(publish(draft)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accept(draft, senior)).rejects.toMatchObject({ code: 'same-person' });
  await accept(draft, another);
  await dropDraft(house, administrator, { draft, seen: await seen(draft) });
  await expect(publish(draft)).rejects.toMatchObject({ code: 'conflict' });
});

test('what somebody else changed meanwhile is neither overwritten nor accepted unseen', async () => {
  const draft = await written('scam.job', 'No fake jobs.');
  const old = await seen(draft);
  await amendDraft(house, administrator, { draft, seen: old, clause: { id: 'scam.loan', becomes: null } });
  await expect(amendDraft(house, another, { draft, seen: old })).rejects.toMatchObject({ code: 'conflict' });
  await expect(reviewDraft(house, senior, { draft, seen: old, outcome: 'accepted', reason: 'Fine.' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await dropDraft(house, administrator, { draft, seen: await seen(draft) });
});

test('a policy with a gap is not accepted: each text in four languages, a clause for each harm, no number twice', async () => {
  const clause = await clauseNow('scam.prize');
  const { clauses, intro } = (await inForce()).document;
  const gaps = (changed: readonly policy.Clause[]) =>
    policy.gapsIn({ intro, clauses: changed }).map(({ what, language, harm }) => language ?? harm ?? what);
  expect(gaps(clauses)).toEqual([]);
  expect(gaps(clauses.map((one) => (one.id === clause.id ? { ...one, rule: { ...one.rule, ta: ' ' } } : one)))).toEqual(['ta']);
  expect(gaps(clauses.filter(({ harm }) => harm !== 'csam'))).toEqual(['csam']);
  expect(gaps([...clauses, { ...clause, id: 'scam.another' }])).toEqual(['number-twice', 'number-twice']);

  const draft = await beginDraft(house, administrator);
  const bare = { ...clause, rule: { ...clause.rule, zh: '' } };
  await amendDraft(house, administrator, { draft, seen: await seen(draft), clause: { id: clause.id, becomes: bare } });
  await expect(accept(draft)).rejects.toMatchObject({ code: 'policy-incomplete' });
  await dropDraft(house, administrator, { draft, seen: await seen(draft) });
});

test('a version takes effect at its moment, though nothing happens then; what was seen before is judged by what was in force before', async () => {
  const before = await now.report(post('before'), { harm: 'scam' });
  const draft = await written('scam.prize', 'No fake prizes at all.');
  await accept(draft);
  const from = new Date(house.clock.now().getTime() + 24 * hour);
  const version = await publish(draft, from);
  expect([version, (await inForce()).version]).toEqual(['2', '1']);
  house.clock.advance(24 * hour - 1);
  const still = await now.report(post('still'), { harm: 'scam' });
  expect((await inForce()).version).toBe('1');
  house.clock.advance(1);
  expect((await inForce()).version).toBe('2');
  expect((await clauseNow('scam.prize')).rule.en).toBe('No fake prizes at all.');
  const after = await now.report(post('after'), { harm: 'scam' });

  const decided = async (of: { case: string }) =>
    (await now.judge(moderator, { case: of.case, determination: 'remove', clause: 'scam.prize' })).policy;
  const made = [await decided(before), await decided(still), await decided(after)];
  expect(made).toEqual(['1', '1', '2']);
  // An edit is a new revision: whoever edits under the new version is judged by it.
  const edited = await now.report(post('before', { revision: '2', text: 'Diubah semula.' }), { harm: 'scam', by: 'again' });
  const again = await now.judge(moderator, { case: edited.case, determination: 'remove', clause: 'scam.prize' });
  expect(again.policy).toBe('2');
  // An appeal is heard by the version of the contested decision, too.
  await now.obey();
  const { appeal } = await now.appeal(again.id, 'author');
  const other = await decideAppeal(house, senior, {
    appeal,
    outcome: 'overturned',
    determination: 'label',
    clause: 'scam.prize',
    reason: 'Label is enough.',
  });
  expect(other?.policy).toBe('2');
});

test('a clause that came later can not be named for what was seen before it', async () => {
  const old = await now.report(post('older'), { harm: 'scam' });
  const clause = { ...(await clauseNow('scam.prize')), id: 'scam.lottery', number: '3.99' };
  const draft = await beginDraft(house, administrator);
  await amendDraft(house, administrator, { draft, seen: await seen(draft), clause: { id: clause.id, becomes: clause } });
  await accept(draft);
  house.clock.advance(1_000);
  await publish(draft);
  const judge = (of: string) => now.judge(moderator, { case: of, determination: 'remove', clause: clause.id });
  await expect(judge(old.case)).rejects.toMatchObject({ code: 'clause-unknown' });
  const recent = await now.report(post('recent'), { harm: 'scam' });
  expect((await judge(recent.case)).clause).toBe('scam.lottery');
});

test('what a machine names after its clause is gone falls back to a clause of the same harm, and a decision still has one', async () => {
  const draft = await beginDraft(house, administrator);
  const first = (await inForce()).clauseFor('scam');
  await amendDraft(house, administrator, { draft, seen: await seen(draft), clause: { id: first.id, becomes: null } });
  await accept(draft);
  house.clock.advance(1_000);
  await publish(draft);
  const of = await now.report(post('priority'), { harm: 'scam' });
  const [hidden] = (await now.waiting()).filter((action) => action.case === of.case);
  const made = await read((tx) => decisions.decision(tx, hidden?.decision as string));
  expect(made?.clause).toBe((await inForce()).clauseFor('scam').id);
  expect((await inForce()).clauseFor('scam', first.id).id).not.toBe(first.id);
});

test('a draft of an old version is not accepted before it is based on the newest, and keeps what it says', async () => {
  const [one, other] = [await written('scam.job', 'No fake jobs, ever.'), await written('scam.loan', 'No fake loans, ever.', senior)];
  await accept(one);
  house.clock.advance(1_000);
  await publish(one);
  await expect(accept(other, another)).rejects.toMatchObject({ code: 'conflict' });
  await amendDraft(house, administrator, { draft: other, seen: await seen(other) });
  await accept(other, another);
  house.clock.advance(1_000);
  await publish(other);
  expect([(await clauseNow('scam.job')).rule.en, (await clauseNow('scam.loan')).rule.en]).toEqual([
    'No fake jobs, ever.',
    'No fake loans, ever.',
  ]);
});

test('a version that has not begun is withdrawn and never binds; its number stays taken; one in force is not withdrawn', async () => {
  const current = await inForce();
  const draft = await written('scam.job', 'No jobs at all.');
  await accept(draft);
  const version = await publish(draft, new Date(house.clock.now().getTime() + hour));
  await withdrawVersion(house, administrator, version);
  await expect(withdrawVersion(house, administrator, current.version)).rejects.toMatchObject({ code: 'conflict' });
  house.clock.advance(2 * hour);
  expect((await inForce()).version).toBe(current.version);
  const next = await written('scam.job', 'No job without a contract.');
  await accept(next);
  house.clock.advance(1_000);
  expect(Number(await publish(next))).toBe(Number(version) + 1);
});

test('a text that was exported becomes a draft with only what is different, and what is no text becomes nothing', async () => {
  const { document } = await inForce();
  const clauses = document.clauses.map((one) => (one.id === 'scam.romance' ? { ...one, title: { ...one.title, en: 'False love' } } : one));
  const wanted = readDocument(JSON.stringify({ ...document, clauses }));
  const draft = await beginDraft(house, administrator, wanted as NonNullable<typeof wanted>);
  expect((await draftOf(draft)).changes).toMatchObject({
    intro: null,
    clauses: [{ id: 'scam.romance', clause: { title: { en: 'False love' } } }],
  });
  for (const text of ['', '[]', '{"intro":{}}', JSON.stringify({ ...document, clauses: [{ id: 'scam.x' }] })])
    expect(readDocument(text)).toBe(null);
  await dropDraft(house, administrator, { draft, seen: await seen(draft) });
});

test('every version ever published can be read again, word for word as its digest says, by a process that never saw it', async () => {
  const versions = await read((tx) => policy.allVersions(tx));
  expect(versions.length).toBeGreaterThan(5);
  for (const { policy: version, digest } of versions) {
    const whole = await read((tx) => policy.named(tx, version));
    expect([version, policy.digestOf(whole?.document)]).toEqual([version, digest]);
  }
});

test('whoever wrote or reviewed and left is forgotten; what they published stays', async () => {
  const draft = await written('scam.job', 'Say who hires.', another);
  await accept(draft, senior);
  await disable(house, administrator, { member: another.id });
  expect(await erase(house, 'perisai', another.id, 'staff')).toBe(true);
  expect((await draftOf(draft)).authors).toEqual([]);
  await publish(draft);
  expect((await clauseNow('scam.job')).rule.en).toBe('Say who hires.');
});
