import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { statementOf } from '../../views/statement.ts';
import { amendDraft, beginDraft, publishDraft, reviewDraft } from '../policy/index.ts';
import { guidelinesFor } from './guidelines.ts';
import type { ItemInput } from './index.ts';

const late = 'scam.lottery';
let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
/** When the clause came into force: an hour ago. */
let since: Date;
beforeAll(async () => {
  house = await testHouse({ seed: 'content date' });
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator');
  const [administrator, senior] = [await enrolled(house, 'administrator'), await enrolled(house, 'senior-moderator')];
  const draft = await beginDraft(house, administrator);
  const digest = async () => ((await house.db.begin('doors', (tx) => policy.findDraft(tx, draft))) as policy.Draft).digest;
  const clause = (await house.db.begin('doors', (tx) => policy.inForce(tx, house.clock.now()))).clauseOf('scam.prize') as policy.Clause;
  await amendDraft(house, administrator, {
    draft,
    seen: await digest(),
    clause: { id: late, becomes: { ...clause, id: late, number: '3.99' } },
  });
  await reviewDraft(house, senior, { draft, seen: await digest(), outcome: 'accepted', reason: 'Plain, and whole in four languages.' });
  house.clock.advance(24 * hour);
  since = house.clock.now();
  await publishDraft(house, administrator, { draft, seen: await digest(), from: since });
  house.clock.advance(hour);
});
afterAll(() => house.close());

const at = (ms: number) => new Date(since.getTime() + ms).toISOString();
/** Reports it, and says by which version of the guidelines its newest revision is judged. */
const judgedBy = async (item: ItemInput, more: Parameters<typeof now.report>[1] = {}) => {
  const { case: of } = await now.report(item, { harm: 'scam', by: `${item.id} ${item.revision}`, ...more });
  const [{ revision } = { revision: '' }] = await see.query<{ revision: string }>(
    'select revision from cases.target t join subjects.revision r on r.id = t.revision where t.case_id = $1 and r.platform_revision = $2',
    [of, item.revision],
  );
  const found = await house.db.begin('doors', (tx) => subjects.revision(tx, revision));
  return {
    of,
    revision: found as subjects.Revision,
    version: await house.db.begin('doors', async (tx) => (await guidelinesFor(tx, revision)).version),
  };
};
const versionOf = async (item: ItemInput, more: Parameters<typeof now.report>[1] = {}) => (await judgedBy(item, more)).version;

describe('what was written before a clause', () => {
  test('is not judged by it, however late it is reported, and the statement names its day', async () => {
    const created = at(-minute);
    const { of, version, revision } = await judgedBy(post('before', { created_at: created }));
    expect([version, revision.datedAt?.toISOString(), revision.seenAt]).toEqual(['1', created, house.clock.now()]);
    await expect(now.judge(moderator, { case: of, determination: 'remove', clause: late })).rejects.toMatchObject({
      code: 'clause-unknown',
    });
    const decision = await now.judge(moderator, { case: of, determination: 'remove', clause: 'scam.prize' });
    expect(decision.policy).toBe('1');
    const statement = await house.db.begin('doors', (tx) => statementOf(house, tx, decision));
    expect(statement.content_date).toBe(created);
    await house.settle();
    const told = (await see.messages()).find(({ type, data }) => type === 'notice.issued' && data['role'] === 'author');
    // In Malaysia the day has begun eight hours before.
    expect(told?.text).toContain('25 November 2026, 08:59');
  });

  test('what was written since is judged by it', async () => {
    expect(await versionOf(post('since', { created_at: at(minute) }))).toBe('2');
    expect(await versionOf(post('undated'))).toBe('2');
  });

  test('and an edit goes by its own day, not by that of the item', async () => {
    const created_at = at(-2 * hour);
    expect(await versionOf(post('edited', { created_at }))).toBe('1');
    const edit = { created_at, revision: '2', text: 'Diubah.' };
    expect(await versionOf(post('edited', { ...edit, edited_at: at(minute) }))).toBe('2');
    expect(await versionOf(post('edited', { ...edit, revision: '3', text: 'Diubah lagi.', edited_at: at(-hour) }))).toBe('1');
  });

  test('an edit of which nobody says when it was made goes by when it came', async () => {
    const created_at = at(-2 * hour);
    expect(await versionOf(post('unsaid', { created_at }))).toBe('1');
    expect(await versionOf(post('unsaid', { created_at, revision: '2', text: 'Diubah.' }))).toBe('2');
  });

  test.each(['profile', 'group', 'channel', 'live'])('a %s goes on, and says now what it did not say when it was created', async (kind) => {
    expect(await versionOf(post(`going on ${kind}`, { kind, created_at: at(-2 * hour) }))).toBe('2');
    expect(await versionOf(post(`edited ${kind}`, { kind, created_at: at(-2 * hour), edited_at: at(-hour) }))).toBe('1');
  });

  test('a part of a live session is dated by when it began', async () => {
    const part = (number: number, from: string) =>
      post('session', { kind: 'live', revision: `part-${number}`, created_at: at(-2 * hour), segment: { number, from } });
    expect(await versionOf(part(1, at(-hour)))).toBe('1');
    expect(await versionOf(part(2, at(minute)))).toBe('2');
  });
});

describe('a date that cannot be', () => {
  test.each([
    ['the future', { created_at: '2031-01-01T00:00:00Z' }],
    ['before there was a service like this', { created_at: '1970-01-01T00:00:00Z' }],
    ['before the item itself', { created_at: '2026-11-25T00:30:00Z', edited_at: '2026-11-24T00:00:00Z' }],
    ['an edit in the future', { created_at: '2026-11-24T00:30:00Z', edited_at: '2031-01-01T00:00:00Z' }],
  ])('(%s) costs nobody a report, and nobody gains by it', async (name, dates) => {
    const { version, revision } = await judgedBy(post(name, dates));
    expect([version, revision.datedAt]).toEqual(['2', null]);
  });

  test('a little ahead of our clock it is now', async () => {
    const ahead = new Date(house.clock.now().getTime() + minute).toISOString();
    expect((await judgedBy(post('ahead', { created_at: ahead }))).revision.datedAt).toEqual(house.clock.now());
  });

  test('what the reporter alone attests has no date of its own', async () => {
    expect(await versionOf(post('attested', { created_at: at(-hour) }), { attested: 'reporter' })).toBe('2');
  });
});

test('all of this, told again from its records, is the same state', async () => {
  await house.settle();
  const told = await freshDatabase();
  try {
    await foldInto(house, told.url);
    expect((await compareStateTables(house.url, told.url)).differences).toEqual([]);
  } finally {
    await told.drop();
  }
});
