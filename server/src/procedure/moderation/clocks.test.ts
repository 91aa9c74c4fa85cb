import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { merge, unmerge } from '../casework/index.ts';
import { defineSurface } from '../setup/service.ts';
import { hide, screen } from './index.ts';
import { sweep } from './promises.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'clocks' });
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator');
  await defineSurface(house, 'warung', {
    slug: 'group',
    type: 'group',
    private: 'grey',
    privateReason: 'Anybody may join who is let in.',
    screening: true,
  });
});
afterAll(() => house.close());

const ago = (ms: number) => new Date(house.clock.now().getTime() - ms).toISOString();
const ahead = (ms: number) => new Date(house.clock.now().getTime() + ms);
const clocksOf = (of: string) => house.db.begin('doors', (tx) => cases.clocksOf(tx, of));
/** How many minutes from now a case's own clocks end, and when they are counted from. */
const left = async (of: string) =>
  Object.fromEntries(
    (await clocksOf(of)).flatMap(({ subject, clock, dueAt }) =>
      subject === of ? [[clock, (dueAt.getTime() - house.clock.now().getTime()) / minute]] : [],
    ),
  );
const broken = async (of: string) =>
  (await see.records(of)).flatMap(({ kind, payload }) => (kind === 'clock.breached' ? [payload['clock']] : []));
const acknowledgement = async (report: string) => {
  await house.settle();
  const written = (await see.messages()).find((one) => one.type === 'report.acknowledged' && one.data['report'] === report);
  const { data } = written as unknown as {
    data: { text: { body: string }; status_by: string | null; answer_by: string | null };
  };
  return { body: data.text.body, status_by: data.status_by, answer_by: data.answer_by };
};
const workOf = (of: string) => house.db.begin('doors', (tx) => cases.workOn(tx, of) as Promise<cases.Work>);

describe('from when the platform received the report', () => {
  test('a report that is handed in three hours late has lost these three hours, and what is over is broken at once', async () => {
    const at = ago(3 * hour);
    const { case: of, report, acknowledgeBy, statusBy, answerBy } = await now.report(post('late'), { received_at: at });
    const received = new Date(at).getTime();
    expect([acknowledgeBy, statusBy, answerBy].map((due) => (due as Date).getTime() - received)).toEqual([hour, 12 * hour, 24 * hour]);
    expect(await left(of)).toEqual({ protect: 60, determine: 21 * 60 });
    expect((await see.clock(of, 'determine'))?.startedAt.toISOString()).toBe(at);
    expect((await workOf(of)).dueAt).toEqual(ahead(hour));
    // Before its subscriber can acknowledge it and stop the clock.
    expect(await broken(of)).toEqual(['acknowledge']);
    await house.settle();
    await now.deliver();
    expect(await see.clock(of, 'acknowledge')).toMatchObject({ breachedAt: house.clock.now(), stoppedAt: house.clock.now() });
    expect(await see.report(report)).toMatchObject({ receivedAt: new Date(at), cameAt: house.clock.now() });
    await sweep(house);
    expect(await broken(of)).toEqual(['acknowledge']);
  });

  test('what is done too late before anybody looked was late all the same', async () => {
    const { case: of } = await now.report(post('before the sweeper'));
    await house.settle();
    house.clock.advance(hour + minute);
    await now.deliver();
    expect(await see.clock(of, 'acknowledge')).toMatchObject({ stoppedAt: house.clock.now(), breachedAt: null });
    await sweep(house);
    expect(await broken(of)).toEqual(['acknowledge']);
    await sweep(house);
    expect(await broken(of)).toEqual(['acknowledge']);
  });

  test('what is done in time is no breach, however late anybody looks', async () => {
    const { case: of } = await now.report(post('in time'));
    await house.settle();
    house.clock.advance(hour);
    await now.deliver();
    house.clock.advance(2 * hour);
    await sweep(house);
    expect(await broken(of)).toEqual([]);
  });

  test.each([
    ['2031-01-01T00:00:00Z', 'time-in-future'],
    ['1970-01-01T00:00:00Z', 'field-wrong'],
  ])('nobody received it at %s', async (received_at, code) => {
    await expect(now.report(post('never'), { received_at })).rejects.toMatchObject({ code });
  });

  test('what a reporter is told names when the platform received it', async () => {
    const { report } = await now.report(post('told'), { received_at: '2026-11-24T00:41:00.000Z' });
    expect(await acknowledgement(report)).toMatchObject({ body: expect.stringContaining('on 24 November 2026, 08:41') });
  });

  test('priority content that comes after its time to be hidden is hidden all the same, and that it was late is on record', async () => {
    const { case: of } = await now.report(post('late scam'), { harm: 'scam', received_at: ago(2 * hour) });
    expect((await broken(of)).sort()).toEqual(['acknowledge', 'protect']);
    expect((await see.actions(of)).map(({ desired }) => desired)).toEqual(['inaccessible']);
  });

  test('a case that many reports join runs from the earliest receipt of them', async () => {
    const { case: of } = await now.report(post('many'));
    await now.report(post('many'), { by: 'later' });
    expect(await left(of)).toEqual({ protect: 240, determine: 1440 });
    await now.report(post('many'), { by: 'earlier', received_at: ago(2 * hour) });
    expect(await left(of)).toEqual({ protect: 120, determine: 1320 });
    expect((await see.clock(of, 'protect'))?.startedAt.toISOString()).toBe(ago(2 * hour));
    expect((await workOf(of)).dueAt).toEqual(ahead(2 * hour));
    await now.report(post('many'), { by: 'in between', received_at: ago(hour) });
    expect(await left(of)).toEqual({ protect: 120, determine: 1320 });
    expect((await see.records(of)).filter(({ kind }) => kind === 'case.brought-forward')).toHaveLength(1);
  });

  test('what is merged goes by the earliest receipt of all, and by its own again when the merge is taken back', async () => {
    const [lead, of] = [await now.report(post('lead')), await now.report(post('merged'))];
    await merge(house, moderator, { case: of.case, into: lead.case, why: ['text'] });
    await now.report(post('merged'), { by: 'earlier', received_at: ago(hour) });
    expect(await left(lead.case)).toEqual({ protect: 180, determine: 1380 });
    await unmerge(house, moderator, of.case);
    expect(await left(lead.case)).toEqual({ protect: 240, determine: 1440 });
    expect(await left(of.case)).toEqual({ protect: 180, determine: 1380 });
  });
});

const everything = ['acknowledge', 'protect', 'determine', 'enforce', 'answer.status', 'answer.outcome'];
describe.each([
  { surface: 'public-feed', profile: 'no', clocks: everything },
  { surface: 'group', profile: 'grey', clocks: everything },
  { surface: 'private-message', profile: 'yes', clocks: ['enforce', 'answer.outcome'] },
] as const)('on a surface whose answer to “private?” is $profile', ({ surface, profile, clocks }) => {
  test.each(['bullying-hate', 'scam'] as const)('these clocks run of %s and no other', async (harm) => {
    const kind = surface === 'private-message' ? 'message' : 'post';
    const item = post(`${surface} ${harm}`, { surface, kind });
    const { case: of } = await now.report(item, { harm });
    await now.judge(moderator, { case: of, determination: 'remove', clause: harm === 'scam' ? 'scam.phishing' : 'bullying.harassment' });
    const run = (await clocksOf(of)).map(({ clock }) => clock);
    expect(run.sort()).toEqual([...clocks].sort());
  });

  test.each(everything)('the catalogue says so of %s', (clock) => {
    expect(policy.runsOn(clock, profile)).toBe((clocks as readonly string[]).includes(clock));
  });
});

describe('on private messaging', () => {
  const message = (id: string) => post(id, { surface: 'private-message', kind: 'message' });

  test('only the answer within a day can be late', async () => {
    const { case: of, acknowledgeBy, statusBy, answerBy } = await now.report(message('unanswered'));
    expect([acknowledgeBy, statusBy, answerBy]).toEqual([null, null, ahead(24 * hour)]);
    expect((await workOf(of)).dueAt).toEqual(ahead(24 * hour));
    house.clock.advance(25 * hour);
    await sweep(house);
    expect(await broken(of)).toEqual(['answer.outcome']);
    expect((await see.notices(of)).map(({ template }) => template)).not.toContain('report.status');
  });

  test('a case is to be worked on by the first answer that it owes', async () => {
    const { case: of } = await now.report(message('owed'));
    await now.report(message('owed'), { by: 'earlier', received_at: ago(2 * hour) });
    await now.report(message('owed'), { by: 'later' });
    expect((await workOf(of)).dueAt).toEqual(ahead(22 * hour));
  });

  test('its reporter is told of the time for the answer and of no other', async () => {
    const { report } = await now.report(message('told of'), { by: 'friend' });
    const { body, ...rest } = await acknowledgement(report);
    expect(body).toContain('What happens next: we tell you our answer by ');
    expect(rest).toEqual({ status_by: null, answer_by: ahead(24 * hour).toISOString() });
  });

  test('what is hidden there is not hidden without end: that is our own promise', async () => {
    const { case: of } = await now.report(message('hidden'), { harm: 'scam' });
    expect((await see.decisions(of)).map(({ expiresAt }) => expiresAt)).toEqual([ahead(24 * hour)]);
  });

  test('something worse brings no law with it that does not apply', async () => {
    const { case: of } = await now.report(message('worse'));
    await now.report(message('worse'), { by: 'another', harm: 'scam', received_at: ago(hour) });
    expect(await see.case(of)).toMatchObject({ harm: 'scam', priority: true });
    expect(await left(of)).toEqual({});
  });
});

describe('when a case turns out to be about something worse', () => {
  test('people are to be protected within the time that this has, from when it was said', async () => {
    const { case: of } = await now.report(post('turning'));
    house.clock.advance(hour);
    await now.report(post('turning'), { by: 'another', harm: 'scam' });
    expect(await left(of)).toEqual({ protect: 15, determine: 23 * 60 });
    expect((await workOf(of)).dueAt).toEqual(ahead(15 * minute));
    const said = (await see.records(of)).find(({ kind }) => kind === 'case.escalated');
    expect(said?.payload['clocks']).toEqual([{ clock: 'protect', due_at: ahead(15 * minute).toISOString() }]);
    house.clock.advance(16 * minute);
    await sweep(house);
    expect(await broken(of)).toContain('protect');
  });

  test('the same where screening finds it, or a member of staff', async () => {
    const item = post('found', { text: scamText });
    const { case: found } = await now.report(item);
    await screen(house, 'warung', item);
    expect(await left(found)).toMatchObject({ protect: 15 });
    const { case: seen } = await now.report(post('seen'));
    await hide(house, moderator, { case: seen, clause: 'csam.material' });
    expect(await left(seen)).toMatchObject({ protect: 15 });
  });

  test('nobody has more time by it than there was', async () => {
    const { case: of } = await now.report(post('nearly over'));
    house.clock.advance(4 * hour - 5 * minute);
    await now.report(post('nearly over'), { by: 'another', harm: 'scam' });
    expect(await left(of)).toMatchObject({ protect: 5 });
  });

  test('a report of it that is handed in late is late at once', async () => {
    const { case: of } = await now.report(post('late and worse'));
    await now.report(post('late and worse'), { by: 'another', harm: 'scam', received_at: ago(hour - minute) });
    expect(await broken(of)).toEqual(['protect']);
  });
});

describe('a live session', () => {
  const stream = (id: string, surface = 'public-feed') => post(id, { kind: 'live', surface });

  test.each(['public-feed', 'private-message'])(
    'on %s that is interrupted while it is decided is off the air within minutes',
    async (surface) => {
      const { case: of } = await now.report(stream(`on ${surface}`, surface), { harm: 'violence-terrorism' });
      await hide(house, moderator, { case: of, clause: 'terrorism.promotion' });
      expect(await left(of)).toMatchObject({ protect: 5 });
      house.clock.advance(6 * minute);
      await sweep(house);
      expect(await broken(of)).toEqual(['protect']);
      await now.obey();
      expect((await see.clock(of, 'protect'))?.stoppedAt).toEqual(house.clock.now());
    },
  );

  test('has no more time by it than there was, and a promise that was broken stays broken', async () => {
    const { case: of } = await now.report(stream('nearly over'));
    house.clock.advance(4 * hour - 2 * minute);
    await hide(house, moderator, { case: of, clause: 'bullying.harassment' });
    expect(await left(of)).toMatchObject({ protect: 2 });
    const { case: late } = await now.report(stream('late'), { received_at: ago(5 * hour) });
    await hide(house, moderator, { case: late, clause: 'bullying.harassment' });
    expect(await see.clock(late, 'protect')).toMatchObject({ breachedAt: house.clock.now(), dueAt: ahead(-hour) });
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
