import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { append, type Draft } from '../records/append.ts';
import { type Kind, type Payload, TransitionError } from '../records/index.ts';
import { fold } from './fold.ts';
import { machines } from './states.ts';

let house: TestHouse;
let direct: pg.Client;
beforeAll(async () => {
  house = await testHouse();
  // As the application is connected: with its rights and no others.
  direct = new pg.Client({ connectionString: house.url });
  await direct.connect();
  await direct.query('set role perisai_app');
  await happen('cases.case', 'case.opened', { id: another, case: another, item: randomUUID() }, 'open', null);
});
afterAll(async () => {
  await direct.end();
  await house.close();
});

type Table = keyof typeof machines;

/** A row of a machine, known by its id and the case it belongs to. */
interface Subject {
  readonly id: string;
  readonly case: string;
  readonly item: string;
}

/** A case that others are merged into. */
const another = randomUUID();

let orders = 0;
const time = '2026-11-24T02:00:00.000Z';

/** What is appended where a record of that kind is told of this row; `to` is where it should lead. */
const drafts: { readonly [K in Kind]?: (of: Subject, to: string, from: string | null) => Payload<K> } = {
  'policy.drafted': ({ id }) => ({ draft: id, based_on: '1', digest: 'd', changes: { intro: null, clauses: [] } }),
  'policy.reviewed': ({ id }, to) => ({ draft: id, digest: 'd', outcome: to === 'accepted' ? 'accepted' : 'returned', reason: null }),
  'policy.scheduled': ({ id }) => ({
    draft: id,
    policy: randomUUID(),
    based_on: '1',
    digest: 'd',
    changes: { intro: null, clauses: [] },
    in_force_from: '2027-01-01T00:00:00.000Z',
    single_handed: false,
  }),
  'policy.dropped': ({ id }) => ({ draft: id }),
  'rule.drafted': ({ id }) => ({
    rule: id,
    slug: `rule-${id}`,
    version: '1',
    harm: 'scam',
    clause: 'scam.prize',
    when: 'item.links > 0',
    verdict: 'review',
    name: { en: 'Links' },
    why: { en: 'To be walked' },
  }),
  'rule.shadowed': ({ id }) => ({ rule: id }),
  'rule.proposed': ({ id }) => ({ rule: id }),
  'rule.made-live': ({ id }) => ({ rule: id }),
  'rule.braked': ({ id }) => ({ rule: id, hits: 50, screened: 100 }),
  'rule.switched-off': ({ id }) => ({ rule: id }),
  'media.awaited': ({ id, item }) => ({ media: id, revision: item, place: 0, file: null }),
  'media.kept': ({ id, item }) => ({ media: id, revision: item, completes: true, file: null }),
  'media.failed': ({ id }) => ({ media: id, reason: 'gone' }),
  'account.linked': ({ id }) => ({ link: id, basis: null }),
  'account.unlinked': ({ id }) => ({ link: id, by: 'person', reason: null }),
  'report.received': ({ id, item }) => ({
    report: id,
    item,
    revision: item,
    harm: 'scam',
    reason: null,
    language: 'ms',
    reporter: 'contact',
    capacity: 'user',
    flagger: null,
    relation: null,
    reference: null,
    age_days: null,
    lane: 1,
    joined: false,
    text: null,
    access: null,
    email: null,
    clocks: [],
  }),
  'report.dismissed': ({ id }) => ({ report: id, ground: 'trivial', reason: null }),
  'report.taken-up': ({ id }) => ({ report: id, inquiry: randomUUID(), clocks: [] }),
  'accreditation.proposed': ({ id }) => ({
    accreditation: id,
    flagger: id,
    name: 'Pertubuhan Contoh',
    again: false,
    account_id: null,
    reason: null,
  }),
  'accreditation.refused': ({ id }) => ({ accreditation: id, reason: null }),
  'accreditation.withdrawn': ({ id }) => ({ accreditation: id }),
  'flagger.accredited': ({ id }, to) => ({
    flagger: id,
    name: 'Pertubuhan Contoh',
    accreditation: to === 'accepted' ? id : null,
  }),
  'flagger.suspended': ({ id }) => ({ flagger: id, reason: null }),
  'case.opened': ({ id, item }) => ({
    case: id,
    harm: 'scam',
    priority: true,
    opened_by: 'report',
    surface: 'public-feed',
    item,
    revision: item,
    language: 'ms',
    clocks: [],
    due_at: time,
  }),
  'case.closed': () => ({ outcome: 'actioned' }),
  'measure.ended': ({ id }) => ({ decision: id }),
  'secrecy.imposed': ({ id }) => ({ secrecy: id, basis: 'authority', until: time, reason: null }),
  'secrecy.ended': ({ id }) => ({ secrecy: id, by: 'time', decisions: [] }),
  'case.handed-over': () => ({ desk: 'general', to: 'desk', note: null }),
  'case.raised': () => ({ note: null }),
  'case.parked': () => ({ until: time, note: null }),
  'case.returned': () => ({ by: 'time' }),
  'case.bundled': ({ id }) => ({ into: id, why: ['chosen'], due_at: time }),
  'case.unbundled': ({ id }) => ({ from: id, by: 'person' }),
  'case.merged': () => ({ into: another, why: ['chosen'] }),
  'case.unmerged': () => ({ from: another, by: 'person' }),
  'decision.proposed': ({ id, item }) => ({
    proposal: id,
    revision: item,
    determination: 'remove',
    clause: null,
    policy: '1',
    needs: ['csam'],
    territory: null,
    days: null,
    measure: null,
    lessened: null,
    reason: null,
    after: null,
    bundle: null,
    answers: null,
    said: null,
  }),
  'proposal.settled': ({ id }, to) => ({
    proposal: id,
    outcome: to as 'confirmed',
    decision: to === 'confirmed' ? randomUUID() : null,
    reason: null,
  }),
  'ending.proposed': ({ id }) => ({ suspension: id }),
  'ending.settled': ({ id }, to) => ({ suspension: id, outcome: to as 'ended', decision: to === 'kept' ? null : another, reason: null }),
  'decision.held': ({ id, item }) => ({
    held: id,
    revision: item,
    determination: 'none',
    clause: null,
    policy: '1',
    territory: null,
    days: null,
    measure: null,
    lessened: null,
    reason: null,
    appeal: null,
    outcome: null,
    alone: null,
    bundle: null,
    said: null,
    until: house.clock.now().toISOString(),
  }),
  'decision.released': ({ id }) => ({ held: id, decision: randomUUID() }),
  'decision.undone': ({ id }) => ({ held: id, by: 'person' }),
  'period.lapsed': ({ id }) => ({ decision: id, on_lapse: 'keep' }),
  'action.ordered': ({ id, item }, to) => ({
    action: to === 'superseded' ? randomUUID() : id,
    decision: id,
    target_kind: 'item',
    target: item,
    target_seq: ++orders,
    do: 'remove',
    desired: 'removed',
    label: null,
    temporary: false,
    territory: null,
    clause: null,
    not_before: time,
  }),
  'action.acknowledged': ({ id }, to) => ({ action: id, reported: 'removed', result: to as 'moot', subject: id, stops: [] }),
  'action.lapsed': ({ id }) => ({ action: id }),
  'action.mismatched': ({ id }) => ({ action: id, reported: 'visible' }),
  'notice.written': ({ id }) => ({
    notice: id,
    role: 'author',
    template: 'author.removed',
    language: 'ms',
    report: null,
    decision: null,
    appeal: null,
    inquiry: null,
    values: null,
    outcome: null,
    stops: [],
  }),
  'second.invited': ({ id }) => ({
    invitation: id,
    proposal: id,
    until: new Date(house.clock.now().getTime() + 1_000).toISOString(),
    name: null,
  }),
  'second.opened': ({ id }) => ({ invitation: id }),
  'second.withdrawn': ({ id }) => ({ invitation: id }),
  'second.settled': ({ id }) => ({ invitation: id, outcome: 'confirmed' }),
  'break-glass.opened': ({ id }) => ({ glass: id, until: new Date(house.clock.now().getTime() + 1_000).toISOString(), reason: null }),
  'break-glass.closed': ({ id }) => ({ glass: id }),
  'break-glass.used': ({ id }) => ({ glass: id, proposal: id, decision: id, needs: ['csam'] }),
  'break-glass.reviewed': ({ id }, to) => ({
    decision: id,
    outcome: to as 'upheld',
    instead: to === 'reversed' ? randomUUID() : null,
    reason: null,
  }),
  'break-glass.acted': ({ id }) => ({ act: id, glass: id, what: 'rule', subject: id }),
  'break-glass.act-reviewed': ({ id }, to) => ({ act: id, outcome: to as 'upheld', reason: null }),
  'call.made': ({ id }) => ({
    call: id,
    about: 'breach',
    clock: 'determine',
    subject: id,
    due_at: time,
    roles: ['lead'],
    called: 0,
    short: false,
  }),
  'call.repeated': ({ id }) => ({ call: id, roles: ['lead'], called: 0, short: false }),
  'call.answered': ({ id }) => ({ call: id }),
  'appeal.received': ({ id }) => ({ appeal: id, decision: id, role: 'author', language: 'ms', text: null, clocks: [] }),
  'instruction.received': ({ id, item }) => ({
    instruction: id,
    kind: 'remove',
    reference: id,
    item,
    due_at: time,
    clocks: [],
  }),
  'instruction.carried-out': ({ id }) => ({ instruction: id, decision: randomUUID() }),
  'instruction.answered': ({ id }) => ({ instruction: id }),
  'instruction.advanced': ({ id }, to) => ({ instruction: id, to: to as 'paid', due_at: null, clocks: [] }),
  'inquiry.received': ({ id }) => ({ inquiry: id, decision: id, report: null, role: 'author', language: 'ms', text: null, clocks: [] }),
  'inquiry.answered': ({ id }) => ({ inquiry: id, outcome: 'explained', appeal: null, decision: null, answer: null }),
  'appeal.decided': ({ id }) => ({ appeal: id, outcome: 'upheld', decision: null, reason: null }),
};

/** `decision.made` and `notice.handed` move several nouns: what they say depends on whose machine is walked. */
function draftOf(table: Table, kind: Kind, of: Subject, to: string, from: string | null): Draft<Kind>['payload'] {
  if (kind === 'decision.made') {
    const ofCase = table === 'cases.case' || table === 'cases.work';
    return {
      decision: ofCase || to === 'superseded' ? randomUUID() : of.id,
      puid: randomUUID(),
      stage: ofCase ? 'final' : 'temporary',
      automated: 'not',
      target_kind: 'item',
      target: of.item,
      revision: of.item,
      determination: 'make-inaccessible',
      clause: null,
      policy: '1',
      ground: null,
      reason: null,
      supersedes: to === 'superseded' ? of.id : null,
      // What was decided is decided again in appeal only.
      appeal: ofCase && !['open', 'waiting', 'parked', 'bundled', 'merged'].includes(from ?? '') ? of.id : null,
      follows: null,
      ends_at: ofCase ? null : time,
      plan: null,
      lessened: null,
      expires_at: null,
      appeal_until: null,
      clocks: [],
    };
  }
  if (kind === 'notice.handed') {
    const outcome = to === 'answered' && from !== 'dismissed' ? 'actioned' : null;
    const report = table === 'intake.report' ? of.id : null;
    return {
      notice: of.id,
      channel: 'page',
      report,
      appeal: null,
      inquiry: null,
      outcome,
      stops: to === 'acknowledged' ? ['acknowledge'] : from === 'dismissed' ? ['answer.outcome'] : [],
    };
  }
  return (drafts[kind] as (of: Subject, to: string, from: string | null) => Draft<Kind>['payload'])(of, to, from);
}

/** Tells the record as the steps do: append it, and call the verbs that its change consists of. */
async function happen(table: Table, kind: Kind, of: Subject, to: string, from: string | null): Promise<void> {
  await house.db.begin('doors', async (tx: Tx) => {
    // A report is moved by a notice, which has to be there.
    if (table === 'intake.report' && kind === 'notice.handed') {
      const notice = randomUUID();
      const written = draftOf('notices.notice', 'notice.written', { ...of, id: notice }, 'written', null);
      await fold(
        (await append(house, tx, { kind: 'notice.written', service: 'warung', case: of.case, payload: written } as Draft<Kind>)) as never,
      );
      const handed = { ...draftOf(table, kind, of, to, from), notice };
      await fold((await append(house, tx, { kind, service: 'warung', case: of.case, payload: handed } as Draft<Kind>)) as never);
      return;
    }
    const draft = { kind, service: 'warung', case: of.case, payload: draftOf(table, kind, of, to, from) } as Draft<Kind>;
    const needsCase = kind === 'decision.made' && table === 'decisions.decision' && !(await stateOf('cases.case', of.case));
    if (needsCase) await fold((await append(house, tx, opening(of))) as never);
    await fold((await append(house, tx, draft)) as never);
  });
}

const opening = (of: Subject): Draft<Kind> =>
  ({
    kind: 'case.opened',
    service: 'warung',
    case: of.case,
    payload: draftOf('cases.case', 'case.opened', { ...of, id: of.case }, 'open', null),
  }) as Draft<Kind>;

async function rowOf(table: Table, id: string): Promise<{ readonly state: string } | undefined> {
  const [schema, name] = table.split('.');
  return (await direct.query<{ state: string }>(`select * from "${schema}"."${name}" where id = $1`, [id])).rows[0];
}

async function stateOf(table: Table, id: string): Promise<string | undefined> {
  return (await rowOf(table, id))?.state;
}

/** A new row that stands in that state, brought there by the table's own transitions. */
async function standing(table: Table, state: string): Promise<Subject> {
  const id = randomUUID();
  const of: Subject = { id, case: table === 'cases.case' || table === 'cases.work' ? id : randomUUID(), item: randomUUID() };
  const rows = machines[table];
  const path: (typeof rows)[number][] = [];
  for (let at: string | null = state; at !== null; ) {
    const row = rows.find(({ from, to }) => to === at && from !== at) as (typeof rows)[number];
    path.unshift(row);
    at = row.from;
  }
  for (const { by, from, to } of path) await happen(table, by, of, to, from);
  expect(await stateOf(table, id)).toBe(state);
  return of;
}

/** Puts a row into a state with everything that the state wants beside it, so that nothing but the transition can be refused. */
const companions: Readonly<Record<Table, (to: string) => string>> = {
  'policy.draft': (to) => `state = '${to}', policy = ${to === 'scheduled' ? `'1'` : 'null'}`,
  'screening.rule': (to) => `state = '${to}'`,
  'subjects.media': (to) =>
    `state = '${to}', settled_at = ${to === 'awaited' ? 'null' : 'now()'}, reason = ${to === 'failed' ? `'gone'` : 'null'}`,
  'subjects.link': (to) => `state = '${to}', undone_at = ${to === 'undone' ? 'now()' : 'null'}`,
  'intake.report': (to) => `state = '${to}', answered_at = ${to === 'answered' ? 'now()' : 'null'}`,
  'cases.case': (to) =>
    `state = '${to}', closed_at = ${to === 'closed' ? 'now()' : 'null'}, merged_into = ${to === 'merged' ? `'${another}'` : 'null'}`,
  'cases.work': (to) =>
    `state = '${to}', parked_until = ${to === 'parked' ? 'now()' : 'null'}, bundle = ${to === 'bundled' ? 'id' : 'null'}`,
  'cases.secrecy': (to) => `ended_at = ${to === 'ended' ? 'now()' : 'null'}`,
  'decisions.decision': (to) =>
    `superseded_by = ${to === 'superseded' ? 'gen_random_uuid()' : 'null'}, lapsed_at = ${to === 'lapsed' ? 'now()' : 'null'}, ended_at = ${to === 'ended' ? 'now()' : 'null'}`,
  'decisions.proposal': (to) =>
    `state = '${to}', settled_at = ${to === 'waiting' ? 'null' : 'now()'}, decision = ${to === 'confirmed' ? 'gen_random_uuid()' : 'null'}`,
  'decisions.ending': (to) =>
    `state = '${to}', settled_at = ${to === 'waiting' ? 'null' : 'now()'}, decision = ${to === 'ended' || to === 'alone' ? 'gen_random_uuid()' : 'null'}`,
  'decisions.held': (to) => `state = '${to}', decision = ${to === 'released' ? 'gen_random_uuid()' : 'null'}`,
  'enforcement.action': (to) => `state = '${to}', settled_at = ${to === 'ordered' ? 'null' : 'now()'}`,
  'flaggers.flagger': (to) => `state = '${to}', suspended_at = ${to === 'suspended' ? 'now()' : 'null'}`,
  'flaggers.accreditation': (to) =>
    `state = '${to}', settled_at = ${to === 'waiting' ? 'null' : 'now()'}, settlement = ${to === 'waiting' ? 'null' : 'gen_random_uuid()'}`,
  'notices.notice': (to) => `state = '${to}', handed_at = ${to === 'handed' ? 'now()' : 'null'}`,
  'instructions.instruction': (to) => `state = '${to}'`,
  'inquiries.inquiry': (to) => `state = '${to}', outcome = ${to === 'answered' ? `'explained'` : 'null'}`,
  'decisions.invitation': (to) => `state = '${to}', withdrawn_at = ${to === 'withdrawn' ? 'now()' : 'null'}`,
  'decisions.glass': (to) => `state = '${to}', closed_at = ${to === 'closed' ? 'now()' : 'null'}`,
  'decisions.alone': (to) =>
    `state = '${to}', reviewed_at = ${to === 'unreviewed' ? 'null' : 'now()'}, instead = ${to === 'reversed' ? 'gen_random_uuid()' : 'null'}`,
  'decisions.act_alone': (to) => `state = '${to}', reviewed_at = ${to === 'unreviewed' ? 'null' : 'now()'}`,
  'calls.call': (to) => `state = '${to}', answered_at = ${to === 'answered' ? 'now()' : 'null'}`,
  'appeals.appeal': (to) => `state = '${to}', outcome = ${to === 'decided' ? `'upheld'` : 'null'}`,
};

for (const [name, rows] of Object.entries(machines)) {
  const table = name as Table;
  const [schema, short] = name.split('.');
  const states = [...new Set(rows.map(({ to }) => to as string))];
  describe(name, () => {
    test('the trigger in the database holds the same transitions as the table here', async () => {
      const { rows: found } = await direct.query<{ steps: string[] }>(
        `select array_remove(string_to_array(encode(tgargs, 'escape'), '\\000'), '') as steps from pg_trigger where tgname = 'transition' and tgrelid = $1::regclass`,
        [`${schema}.${short}`],
      );
      const moves = rows.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from ?? ''}>${to}`);
      expect(found.flatMap(({ steps }) => steps).sort()).toEqual([...new Set(moves)].sort());
    });

    test.each(rows.filter(({ from }) => from !== null))('goes from $from to $to by $by', async ({ from, to, by }) => {
      const of = await standing(table, from as string);
      await happen(table, by, of, to, from);
      expect(await stateOf(table, of.id)).toBe(to);
    });

    const kinds = [...new Set(rows.filter(({ from }) => from !== null).map(({ to, by }) => `${by} ${to}`))];
    const forbidden = states.flatMap((from) =>
      kinds
        .map((move) => move.split(' ') as [Kind, string])
        .filter(([by, to]) => !rows.some((row) => row.from === from && row.to === to && row.by === by))
        .map(([by, to]) => ({ from, to, by })),
    );
    test.each(forbidden)('does not go from $from to $to, whoever tells $by', async ({ from, to, by }) => {
      const of = await standing(table, from);
      const before = await rowOf(table, of.id);
      house.clock.advance(1_000);
      const refused = await happen(table, by, of, to, from).then(
        () => null,
        (error: unknown) => error,
      );
      // A verb refuses what its step should have known; what several records may move is left as it is.
      if (refused !== null) expect(refused).toBeInstanceOf(TransitionError);
      expect(await rowOf(table, of.id)).toEqual(before);
    });

    const jumps = states.flatMap((from) =>
      states.filter((to) => to !== from && !rows.some((row) => row.from === from && row.to === to)).map((to) => ({ from, to })),
    );
    test.each(jumps)('is not put from $from to $to by a statement of the application', async ({ from, to }) => {
      const { id } = await standing(table, from);
      await expect(direct.query(`update "${schema}"."${short}" set ${companions[table](to)} where id = $1`, [id])).rejects.toMatchObject({
        message: `${name}: ${from}>${to} is no transition`,
      });
      expect(await stateOf(table, id)).toBe(from);
    });
  });
}
