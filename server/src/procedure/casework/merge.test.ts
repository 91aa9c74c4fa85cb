import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, decideAppeal, dismiss, hide, standingOf } from '../moderation/index.ts';
import { receiveInstruction } from '../moderation/instruct.ts';
import { sweep } from '../moderation/promises.ts';
import { decideBundle, gather, merge, unmerge } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let colleague: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [moderator, colleague, senior] = [
    await enrolled(house, 'moderator'),
    await enrolled(house, 'moderator'),
    await enrolled(house, 'senior-moderator'),
  ];
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const settle = async () => {
  await house.settle();
  await now.deliver();
};
const reported = (id: string, more: Parameters<typeof now.report>[1] = {}) =>
  now.report(post(id, { author: `${id}-author` }), { by: `${id}-reporter`, ...more });
/** Two cases, the one opened an hour after the other, and the later merged into the earlier or the other way round. */
async function two(name: string, { into = 'earlier', harm }: { into?: 'earlier' | 'later'; harm?: 'scam' } = {}) {
  const earlier = await reported(`${name}-earlier`);
  house.clock.advance(hour);
  const later = await reported(`${name}-later`, harm ? { harm } : {});
  const [lead, of] = into === 'earlier' ? [earlier, later] : [later, earlier];
  return { lead, of };
}
const mergeOf = ({ lead, of }: { lead: { case: string }; of: { case: string } }, by = moderator) =>
  merge(house, by, { case: of.case, into: lead.case, why: ['text'] });
const clocks = async (id: string) =>
  house.db.begin('doors', async (tx) =>
    Object.fromEntries((await cases.clocksOf(tx, id)).filter(({ subject }) => subject === id).map((one) => [one.clock, one])),
  );
const work = (id: string) => house.db.begin('doors', (tx) => cases.workOn(tx, id) as Promise<cases.Work>);

test('two cases about one matter are decided once: both items, one reason, each side of each told of its own', async () => {
  const both = await two('one matter');
  await settle();
  await mergeOf(both);
  expect(await see.case(both.of.case)).toMatchObject({ state: 'merged', mergedInto: both.lead.case });
  const decision = await now.judge(moderator, { case: both.lead.case, determination: 'remove', clause });
  expect((await now.waiting()).filter((one) => [both.lead.case, both.of.case].includes(one.case)).map((one) => one.do)).toEqual([
    'remove',
    'remove',
  ]);
  await settle();
  const [other] = await see.decisions(both.of.case);
  expect(other).toMatchObject({ stage: 'final', determination: 'remove', clause, decidedBy: moderator.id });
  for (const [{ case: id, report }, made] of [
    [both.lead, decision],
    [both.of, other],
  ] as const) {
    expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
    const told = (await see.notices(id)).filter((notice) => notice.decision === made?.id);
    expect(told.map(({ role, template }) => `${role} ${template}`).sort()).toEqual(['author author.removed', 'reporter report.removed']);
  }
  await expect(claim(house, moderator, both.of.case)).rejects.toMatchObject({ code: 'case-merged' });
});

test('the surviving case is done when the platform has acknowledged both items, not before', async () => {
  const both = await two('acknowledged');
  await mergeOf(both);
  await now.judge(moderator, { case: both.lead.case, determination: 'remove', clause });
  const [first, second] = (await now.waiting()).filter((one) => [both.lead.case, both.of.case].includes(one.case));
  for (const action of [first, second]) {
    expect(await see.case(both.lead.case)).toMatchObject({ state: 'decided' });
    await now.says(action as NonNullable<typeof action>, 'removed');
  }
  expect(await see.case(both.lead.case)).toMatchObject({ state: 'closed', outcome: 'actioned' });
  expect(await see.case(both.of.case)).toMatchObject({ state: 'merged' });
  // Where nothing is to be done, there is nothing to wait for.
  const cleared = await two('cleared');
  await mergeOf(cleared);
  await now.judge(moderator, { case: cleared.lead.case, determination: 'none', clause: null });
  expect(await see.case(cleared.lead.case)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
});

test.each(['earlier', 'later'] as const)('a merge gives nobody more time: merged into the %s, the earlier deadlines hold', async (into) => {
  const both = await two(`time ${into}`, { into });
  const [lead, of] = [await clocks(both.lead.case), await clocks(both.of.case)];
  await mergeOf(both);
  for (const clock of ['protect', 'determine'] as const) {
    const earliest = Math.min(Number(lead[clock]?.dueAt), Number(of[clock]?.dueAt));
    expect(Number((await clocks(both.lead.case))[clock]?.dueAt)).toBe(earliest);
  }
  expect(await clocks(both.of.case)).toEqual(of);
  expect((await work(both.lead.case)).dueAt).toEqual(new Date(Math.min(Number(lead['protect']?.dueAt), Number(of['protect']?.dueAt))));
});

test('the worse harm takes both along: place in the queue, and what is suspected priority content by it is hidden', async () => {
  const both = await two('worse', { harm: 'scam' });
  expect(await see.actions(both.lead.case)).toEqual([]);
  const own = await work(both.of.case);
  await mergeOf(both);
  expect(await see.case(both.lead.case)).toMatchObject({ harm: 'scam', priority: true });
  expect((await work(both.lead.case)).rank).toBe(own.rank);
  expect(await see.actions(both.lead.case)).toMatchObject([{ do: 'make-inaccessible', temporary: true }]);
  await unmerge(house, moderator, both.of.case);
  expect(await see.case(both.lead.case)).toMatchObject({ harm: 'bullying-hate', priority: false });
});

test('what was merged and becomes as urgent as what carries it, by a report of long ago, brings all of it forward', async () => {
  const lead = await reported('urgent', { harm: 'scam' });
  const of = await reported('urgent too');
  await mergeOf({ lead, of });
  house.clock.advance(hour);
  const ago = new Date(house.clock.now().getTime() - 10 * hour).toISOString();
  const again = { by: 'of long ago', harm: 'scam', received_at: ago } as const;
  const item = post('urgent too', { author: 'urgent too-author' });
  expect((await now.report(item, again)).case).toBe(lead.case);
  const [carrying, carried] = [await clocks(lead.case), await clocks(of.case)];
  expect(carrying['determine']?.dueAt).toEqual(carried['determine']?.dueAt);
  expect((await work(lead.case)).dueAt).toEqual((await work(of.case)).dueAt);
  // Said once more it changes nothing.
  const combined = async () => (await see.records(lead.case)).filter(({ kind }) => kind === 'case.combined').length;
  const before = await combined();
  await now.report(item, { ...again, by: 'of long ago, too' });
  expect(await combined()).toBe(before);
});

test('taken back, each case is as if there had been no merge: its own reports, its own clocks, its own place', async () => {
  const both = await two('taken back', { into: 'later' });
  const before = [await clocks(both.lead.case), await clocks(both.of.case), await work(both.lead.case), await work(both.of.case)];
  await mergeOf(both);
  const meanwhile = await now.report(post('taken back-earlier', { author: 'taken back-earlier-author' }), { by: 'meanwhile' });
  const other = await now.report(post('taken back-later', { author: 'taken back-later-author' }), { by: 'meanwhile too' });
  // Whoever reports is told where the matter stands.
  expect([meanwhile.case, other.case]).toEqual([both.lead.case, both.lead.case]);
  await unmerge(house, moderator, both.of.case);
  const own = async (id: string) =>
    (await see.query<{ id: string }>('select id from intake.report where case_id = $1', [id])).map((row) => row.id).sort();
  expect(await own(both.of.case)).toEqual([both.of.report, meanwhile.report].sort());
  expect(await own(both.lead.case)).toEqual([both.lead.report, other.report].sort());
  expect([await clocks(both.lead.case), await clocks(both.of.case), await work(both.lead.case), await work(both.of.case)]).toEqual(before);
  expect(await see.case(both.of.case)).toMatchObject({ state: 'open', mergedInto: null });
  await now.judge(moderator, { case: both.lead.case, determination: 'remove', clause });
  await now.judge(moderator, { case: both.of.case, determination: 'none', clause: null });
  await settle();
  expect(await see.report(meanwhile.report)).toMatchObject({ outcome: 'no-violation' });
  expect(await see.report(other.report)).toMatchObject({ outcome: 'actioned' });
});

test('of several that were merged, one is taken back and the others stay, with what they bring', async () => {
  const both = await two('several', { into: 'later' });
  house.clock.advance(minute);
  const third = await reported('several-third');
  await mergeOf(both);
  await mergeOf({ lead: both.lead, of: third });
  const theirs = await clocks(both.of.case);
  await unmerge(house, moderator, third.case);
  expect((await clocks(both.lead.case))['determine']?.dueAt).toEqual(theirs['determine']?.dueAt);
  expect(await see.case(both.of.case)).toMatchObject({ state: 'merged' });
});

test('after the decision a merge is taken back no more; an appeal is the way, and reaches its own item', async () => {
  const both = await two('settled');
  await mergeOf(both);
  await now.judge(moderator, { case: both.lead.case, determination: 'remove', clause });
  await expect(unmerge(house, moderator, both.of.case)).rejects.toMatchObject({ code: 'merge-settled', status: 409 });
  await now.obey();
  await settle();
  const [theirs] = await see.decisions(both.of.case);
  const { appeal } = await now.appeal(theirs?.id as string, 'settled-later-author');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Disemak semula.' });
  expect((await now.waiting()).map(({ case: id, do: what }) => `${id} ${what}`)).toEqual([`${both.of.case} restore`]);
  await now.obey();
  expect(await see.case(both.of.case)).toMatchObject({ state: 'merged' });
  expect(await see.case(both.lead.case)).toMatchObject({ state: 'closed' });
});

test('child abuse material is merged with nothing else, and leaves by itself where somebody names it later', async () => {
  const [csam, other] = [await reported('guarded', { harm: 'csam' }), await reported('not guarded')];
  for (const [of, into] of [
    [csam, other],
    [other, csam],
  ] as const)
    for (const [member, code] of [
      [{ ...moderator, roles: ['moderator', 'child-safety-reviewer'] as const }, 'merge-refused'],
      [moderator, 'forbidden'],
    ] as const)
      await expect(merge(house, member, { case: of.case, into: into.case, why: [] })).rejects.toMatchObject({ code });
  const both = await two('named later');
  await mergeOf(both);
  const worse = await now.report(post('named later-later', { author: 'named later-later-author' }), { by: 'another', harm: 'csam' });
  expect(worse.case).toBe(both.of.case);
  expect(await see.case(both.of.case)).toMatchObject({ state: 'open', harm: 'csam' });
  expect(await see.case(both.lead.case)).toMatchObject({ state: 'open', harm: 'bullying-hate' });
  expect((await see.records(both.of.case)).find(({ kind }) => kind === 'case.unmerged')?.payload).toMatchObject({ by: 'worse' });
});

test('nothing is merged across services, into itself, with what is decided, held by somebody else, bundled or merged already', async () => {
  const both = await two('refused');
  const refuses = (of: string, into: string, code: string) =>
    expect(merge(house, moderator, { case: of, into, why: [] })).rejects.toMatchObject({ code });
  await refuses(both.of.case, both.of.case, 'merge-refused');
  await see.query(`update cases.case set service = 'elsewhere' where id = $1`, [both.of.case]);
  await refuses(both.of.case, both.lead.case, 'merge-refused');
  await see.query(`update cases.case set service = 'warung' where id = $1`, [both.of.case]);
  await claim(house, colleague, both.of.case);
  await refuses(both.of.case, both.lead.case, 'case-claimed');
  house.clock.advance(hour);
  const [bundled, led] = [await reported('bundled'), await reported('led')];
  await gather(house, moderator, { lead: led.case, cases: [{ id: bundled.case, why: [] }] });
  await refuses(bundled.case, both.lead.case, 'case-bundled');
  await refuses(led.case, both.lead.case, 'case-bundled');
  await mergeOf(both);
  await refuses(both.of.case, both.lead.case, 'case-merged');
  await refuses(both.lead.case, (await reported('a fourth')).case, 'merge-refused');
  await expect(gather(house, moderator, { lead: both.lead.case, cases: [] })).rejects.toMatchObject({ code: 'case-merged' });
  const decided = await reported('decided');
  await now.judge(moderator, { case: decided.case, determination: 'none', clause: null });
  await refuses(decided.case, both.lead.case, 'case-closed');
  await claim(house, moderator, led.case);
  await decideBundle(house, moderator, {
    case: led.case,
    determination: 'none',
    clause: null,
    reason: 'Tiada pelanggaran.',
    except: new Map(),
  });
});

test('a report on what was merged is dismissed by whoever holds the surviving case', async () => {
  const both = await two('dismissed');
  await mergeOf(both);
  const dismissal = { report: both.of.report, ground: 'trivial', reason: 'Perkara kecil.' };
  await expect(dismiss(house, moderator, dismissal)).rejects.toMatchObject({ code: 'lease-expired' });
  await claim(house, moderator, both.lead.case);
  await dismiss(house, moderator, dismissal);
  await settle();
  expect(await see.report(both.of.report)).toMatchObject({ state: 'answered', outcome: 'dismissed' });
});

test('whoever hides hides all of it, and a period that lapses on the merged item is its own', async () => {
  const both = await two('hidden');
  await mergeOf(both);
  await hide(house, moderator, { case: both.lead.case, clause });
  for (const id of [both.lead.case, both.of.case])
    expect(await see.actions(id)).toMatchObject([{ do: 'make-inaccessible', state: 'ordered' }]);
  await now.obey();
  expect((await clocks(both.of.case))['protect']?.stoppedAt).not.toBeNull();
  house.clock.advance(24 * hour + 1_000);
  await sweep(house);
  await now.obey();
  await now.judge(moderator, { case: both.lead.case, determination: 'remove', clause });
  for (const id of [both.lead.case, both.of.case])
    expect((await see.decisions(id)).map(({ determination }) => determination)).toEqual(['make-inaccessible', 'restore', 'remove']);
});

test('a late report on the merged item is answered with what was decided about it, and another revision is a new case', async () => {
  const both = await two('late');
  await mergeOf(both);
  await now.judge(moderator, { case: both.lead.case, determination: 'label', clause });
  await now.obey();
  const item = (revision: string) => post('late-later', { author: 'late-later-author', revision });
  const late = await now.report(item('1'), { by: 'late' });
  await settle();
  expect(late.case).toBe(both.lead.case);
  const [theirs] = await see.decisions(both.of.case);
  expect((await see.notices(both.of.case)).filter(({ report }) => report === late.report)).toMatchObject([
    { template: 'report.already-decided', decision: theirs?.id },
  ]);
  const anew = await now.report(item('2'), { by: 'later' });
  expect(await see.case(anew.case)).toMatchObject({ state: 'open', mergedInto: null });
  expect([both.lead.case, both.of.case]).not.toContain(anew.case);
});

test('one author is told once of all of it, it counts as one matter against them, and their appeal reaches all of it', async () => {
  const author = 'author-of-both';
  const [lead, of] = [
    await now.report(post('theirs', { author }), { by: 'somebody' }),
    await now.report(post('theirs too', { author }), { by: 'somebody else' }),
  ];
  await mergeOf({ lead, of });
  const decision = await now.judge(moderator, { case: lead.case, determination: 'remove', clause });
  await now.obey();
  await settle();
  const told = [...(await see.notices(lead.case)), ...(await see.notices(of.case))].filter(({ role }) => role === 'author');
  expect(told).toHaveLength(1);
  const standing = await house.db.begin('doors', (tx) => standingOf(house, tx, now.ours(author)));
  expect(standing.strikes).toHaveLength(1);
  const { appeal } = await now.appeal(decision.id, author);
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Disemak semula.' });
  expect((await now.waiting()).map((one) => one.do)).toEqual(['restore', 'restore']);
  await now.obey();
});

test('the regulator speaks of one item alone: what was merged with it, either way, is a case of its own again', async () => {
  const officer = await enrolled(house, 'compliance-officer');
  for (const into of ['earlier', 'later'] as const) {
    const both = await two(`instructed ${into}`, { into });
    await mergeOf(both);
    const [about, other] = into === 'earlier' ? [both.lead, both.of] : [both.of, both.lead];
    await receiveInstruction(house, officer, {
      service: 'warung',
      kind: 'remove',
      reference: `MCMC/${into}`,
      due: new Date(house.clock.now().getTime() + hour),
      item: { kind: 'post', id: `instructed ${into}-earlier` },
    });
    expect(await see.decisions(about.case)).toMatchObject([{ determination: 'remove', stage: 'final' }]);
    expect(await see.case(about.case)).toMatchObject({ state: 'decided', mergedInto: null });
    expect(await see.case(other.case)).toMatchObject({ state: 'open', mergedInto: null });
    expect(await see.decisions(other.case)).toEqual([]);
  }
  await now.obey();
});

test('two merges at once, reports on both items and a decision never wait for each other for ever', async () => {
  const all = [await reported('busy-a'), await reported('busy-b'), await reported('busy-c')];
  const [a, b, c] = all.map((one) => one.case) as [string, string, string];
  const done = await Promise.allSettled([
    merge(house, moderator, { case: b, into: a, why: [] }),
    merge(house, colleague, { case: c, into: b, why: [] }),
    merge(house, colleague, { case: a, into: c, why: [] }),
    ...['busy-a', 'busy-b', 'busy-c'].map((id) => now.report(post(id, { author: `${id}-author` }), { by: 'again' })),
  ]);
  for (const one of done) if (one.status === 'rejected') expect(['merge-refused', 'case-merged']).toContain(one.reason.code);
  expect(done.slice(3).every(({ status }) => status === 'fulfilled')).toBe(true);
  const states = await Promise.all(all.map(async (one) => (await see.case(one.case)).state));
  expect(states.filter((state) => state === 'open')).toHaveLength(2);
});

test('told again from the records, all of this is as it was', async () => {
  await settle();
  // What was delivered has its place in the log, too.
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
