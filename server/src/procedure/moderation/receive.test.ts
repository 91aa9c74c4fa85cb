import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { minute, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { digest } from '../../foundation/digest.ts';
import { keptBytes, reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { mediaPath } from '../../subjects/index.ts';
import { claimWorst } from './index.ts';
import { screen } from './screen.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const clause = 'bullying.harassment';

test('one post that many report at once has one case, and each of them their own report', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, (_, i) => now.report(post('popular'), { by: `reporter-${i}` })));
  expect(new Set(many.map((one) => one.case)).size).toBe(1);
  expect(new Set(many.map((one) => one.report)).size).toBe(12);
  const kinds = (await see.records(many[0]?.case)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'case.opened')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'report.received')).toHaveLength(12);
});

test('strangers who report each other at the same moment, in every order, are all received: none waits for another for ever', async () => {
  const strangers = Array.from({ length: 5 }, (_, i) => `stranger-${i}`);
  const pairs = strangers.flatMap((by) => strangers.map((author) => ({ by, author })));
  const both = await Promise.all([
    ...pairs.map(({ by, author }) => now.report(post(`said-by-${author}`, { author }), { by })),
    ...strangers.map((author) => screen(house, 'warung', post(`said-by-${author}`, { author, text: scamText }))),
  ]);
  expect(both).toHaveLength(30);
  expect(new Set(both.slice(0, 25).map((one) => (one as { report: string }).report)).size).toBe(25);
  const noted = (await see.records()).filter(({ kind }) => kind === 'account.noted');
  expect(noted.length).toBeGreaterThanOrEqual(strangers.length);
});

test('a report of a revision that is decided is answered with that decision: no new case, no new measure', async () => {
  const { case: of } = await now.report(post('decided'));
  const decision = await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  const late = await now.report(post('decided'), { reporter: { contact: {} }, language: 'zh' });
  expect(late.case).toBe(of);
  expect(await see.report(late.report)).toMatchObject({ state: 'answered', outcome: 'already-decided' });
  await house.settle();
  const told = (await see.notices(of)).filter(({ report }) => report === late.report);
  expect(told).toMatchObject([{ template: 'report.already-decided', decision: decision.id, language: 'zh' }]);
  expect(await see.actions(of)).toHaveLength(1);
  expect((await see.case(of)).state).toBe('closed');
});

test('another revision of what was decided is a new case', async () => {
  const { case: of } = await now.report(post('edited'));
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  const again = await now.report(post('edited', { revision: '2', text: 'Sekarang lain.' }));
  expect(again.case).not.toBe(of);
  expect((await see.case(again.case)).state).toBe('open');
});

test('a surface that the service has not is refused, and nothing is kept', async () => {
  const before = (await see.records()).length;
  await expect(now.report(post('nowhere', { surface: 'no-such-place' }))).rejects.toMatchObject({ code: 'surface-unknown' });
  expect((await see.records()).length).toBe(before);
});

test('what somebody reports from a private conversation is handled like any other report', async () => {
  const { case: of, report } = await now.report(post('whisper', { surface: 'private-message', kind: 'message' }));
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  expect(await now.obey()).toContain('remove');
  await house.settle();
  await now.deliver();
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
});

test('suspected priority content is hidden in the transaction that receives the report', async () => {
  const { case: of } = await now.report(post('scam'), { harm: 'scam' });
  expect(await see.actions(of)).toMatchObject([{ do: 'make-inaccessible', temporary: true, state: 'ordered' }]);
  expect(await see.decisions(of)).toMatchObject([{ stage: 'temporary', automated: 'fully', decidedBy: null }]);
});

test('a case that somebody says is about child abuse is hidden, and next, whatever it was opened for and however long others wait', async () => {
  await now.report(post('old scam'), { harm: 'scam' });
  const { case: of } = await now.report(post('worse than thought'));
  expect(await see.case(of)).toMatchObject({ harm: 'bullying-hate', priority: false });
  await now.report(post('worse than thought'), { by: 'another', harm: 'csam' });
  expect(await see.case(of)).toMatchObject({ harm: 'csam', priority: true });
  expect(await see.actions(of)).toMatchObject([{ do: 'make-inaccessible' }]);
  // What is less urgent does not take it back.
  await now.report(post('worse than thought'), { by: 'a third', harm: 'scam' });
  expect(await see.case(of)).toMatchObject({ harm: 'csam' });
  expect(await claimWorst(house, await enrolled(house, 'child-safety-reviewer'), { service: 'warung' })).toBe(of);
});

test('what was reported can be seen as it was, after the author has changed and deleted it', async () => {
  const bytes = Buffer.from('not really a picture');
  const original = post('gone soon', { text: 'Seperti asalnya.', media: [{ type: 'image/png', bytes: bytes.toString('base64') }] });
  const { case: of } = await now.report(original);
  await now.report(post('gone soon', { revision: '2', text: 'Tiada apa-apa.' }), { by: 'second' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  for (const action of await now.waiting()) if (action.case === of) await now.says(action, 'gone');
  const revisions = await see.query<{ id: string; record: string }>(
    'select r.id, r.record from cases.target t join subjects.revision r on r.id = t.revision where t.case_id = $1',
    [of],
  );
  const seen = await house.db.begin('doors', async (tx) => {
    const opened = revisions.map(async ({ id, record }) => ({ id, payload: await reveal(house, tx, 'content.snapshotted', record) }));
    return Promise.all(opened);
  });
  expect(seen.map(({ payload }) => payload?.text).sort()).toEqual(['Seperti asalnya.', 'Tiada apa-apa.']);
  const kept = seen.find(({ payload }) => payload?.text === 'Seperti asalnya.');
  expect(kept?.payload).toMatchObject({ complete: true, attested: 'platform' });
  expect(await keptBytes(house, mediaPath(kept?.id as string, digest('sha256', bytes)))).toEqual(bytes);
});

test('a file whose bytes are not those of its stated hash is refused', async () => {
  const media = [{ sha256: '0'.repeat(64), bytes: Buffer.from('other').toString('base64') }];
  await expect(now.report(post('forged', { media }))).rejects.toMatchObject({ code: 'item-conflict' });
});

test('the platform’s time of receipt counts as it says, up to five minutes ahead as now, further ahead not at all', async () => {
  const at = (minutes: number) => new Date(house.clock.now().getTime() + minutes * minute).toISOString();
  const occurred = async (id: string, minutes: number) => {
    const { case: of } = await now.report(post(id), { received_at: at(minutes) });
    return (await see.records(of)).find(({ kind }) => kind === 'report.received')?.occurred_at;
  };
  expect(await occurred('earlier', -30)).toBe(at(-30));
  expect(await occurred('a little ahead', 4)).toBe(at(0));
  await expect(now.report(post('far ahead'), { received_at: at(6) })).rejects.toMatchObject({ code: 'time-in-future' });
});
