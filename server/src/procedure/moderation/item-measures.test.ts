import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { openReceiver } from '../../../test/receiver.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import { dispatchDue } from '../../foundation/outbox/dispatch.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { materialOf } from '../../views/material.ts';
import { statementOf } from '../../views/statement.ts';
import { registerService } from '../setup/service.ts';
import { moderationDispatch } from './dispatch.ts';
import { decideAppeal, hide, screen, sweep } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'item-measures' });
  [now, see] = [play(house), look(house)];
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const day = 24 * hour;
/** A case about a new item of that kind. */
const about = async (kind: subjects.ItemKind, id: string) => (await now.report(post(id, { kind, author: `author-of-${id}` }))).case;
const settle = async () => {
  await house.settle();
  await now.deliver();
};
const waitingIn = async (id: string) => (await now.waiting()).filter((action) => action.case === id).map(({ do: act }) => act);
const statement = (id: string) =>
  house.db.begin('doors', async (tx) => statementOf(house, tx, (await decisions.decision(tx, id)) as decisions.Decision));
const lastTold = async (id: string, role = 'author') => {
  const texts = (await see.messages()).filter(({ type, data }) => type === 'notice.issued' && data['role'] === role);
  return texts.findLast(({ data }) => (data['about'] as { decision?: string }).decision === id)?.data as { title: string; body: string };
};

describe('which action fits which kind of item is a table', () => {
  test('and every action on items stands in it, with what it shows and what takes it back', () => {
    const onItems = Object.values(enforcement.actions).filter(({ target }) => target === 'item');
    const final = policy.finalDeterminations.filter((one) => one !== 'none');
    expect(onItems.map(({ name }) => name).sort()).toEqual([...final, 'make-inaccessible', 'restore'].sort());
    for (const { name, desired } of onItems)
      expect(policy.measureFor(name as policy.Measure, desired as policy.Desired), `${name} where it is ${desired} already`).toBeNull();
    for (const { name, reverse } of onItems)
      expect(enforcement.actions[reverse].desired, name).toBe(name === 'restore' ? 'inaccessible' : 'visible');
  });

  test('and each kind can be answered with something but nothing', () => {
    for (const kind of subjects.itemKinds) expect(policy.determinationsFor(kind).length, kind).toBeGreaterThan(1);
    expect(policy.determinationsFor('suggestion')).toEqual(['delist', 'none']);
    expect(policy.determinationsFor('message')).toEqual(['remove', 'label', 'none']);
    expect(policy.determinationsFor('live')).toContain('interrupt');
  });

  test('and what does not fit is refused by the step, whatever form it came from', async () => {
    const id = await about('suggestion', 'unfit');
    await expect(now.judge(moderator, { case: id, determination: 'remove', clause })).rejects.toMatchObject({ code: 'measure-unfit' });
    await expect(now.judge(moderator, { case: id, determination: 'delist', clause, days: 400 })).rejects.toMatchObject({
      code: 'measure-unfit',
    });
    expect((await see.case(id)).state).toBe('open');
    const group = await about('group', 'unfit-group');
    await expect(now.judge(moderator, { case: group, determination: 'remove', clause, days: 7 })).rejects.toMatchObject({
      code: 'measure-unfit',
    });
  });
});

test.each([
  ['group', 'disable', 'disabled', 'DISABLED'],
  ['channel', 'stop-recommending', 'not-recommended', 'DEMOTED'],
  ['ad', 'remove', 'removed', 'REMOVED'],
  ['suggestion', 'delist', 'delisted', 'DEMOTED'],
  ['recommendation', 'demote', 'demoted', 'DEMOTED'],
  ['comment', 'limit', 'limited', 'INTERACTION_RESTRICTED'],
  ['post', 'age-gate', 'age-gated', 'AGE_RESTRICTED'],
  ['live', 'interrupt', 'interrupted', 'DISABLED'],
] as const)(
  'a %s: %s is asked of the platform by its kind, done when it says so, told, and taken back in appeal',
  async (kind, determination, desired, visibility) => {
    const id = await about(kind, `whole-${kind}`);
    const decision = await now.judge(moderator, { case: id, determination, clause });
    const [action] = (await see.actions(id)).slice(-1);
    expect(action).toMatchObject({ do: determination, desired, state: 'ordered', territory: null });
    expect((await see.messages()).findLast(({ type }) => type === 'action.requested')?.data).toMatchObject({
      target: { kind: 'item', item_kind: kind, id: `whole-${kind}` },
      do: determination,
      desired,
      territory: null,
    });
    await now.says(action as enforcement.Action, 'visible');
    expect((await see.case(id)).state).toBe('decided');
    await now.says(action as enforcement.Action, desired);
    expect(await see.case(id)).toMatchObject({ state: 'closed', outcome: 'actioned' });
    expect(await statement(decision.id)).toMatchObject({ decision_visibility: [visibility], territorial_scope: ['001'], end_date: null });
    await settle();
    expect((await lastTold(decision.id)).body).not.toMatch(/[{}]|undefined/);
    const { appeal } = await now.appeal(decision.id, `author-of-whole-${kind}`);
    await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Ia satu gurauan.' });
    expect(await now.obey()).toEqual(['restore']);
  },
);

test('a live session is interrupted first, not only hidden, and its clock is minutes', async () => {
  const id = await about('live', 'stream');
  await hide(house, moderator, { case: id, clause });
  expect((await see.actions(id)).map(({ do: act, temporary }) => [act, temporary])).toEqual([['interrupt', true]]);
  expect(await hide(house, moderator, { case: id, clause })).toBeNull();
  const other = await about('live', 'stream-decided');
  await now.judge(moderator, { case: other, determination: 'interrupt', clause });
  const enforce = await see.clock(other, 'enforce');
  expect((enforce?.dueAt.getTime() ?? 0) - house.clock.now().getTime()).toBe(5 * minute);
  await now.obey();
});

test('each part of a live session is a revision of it, and where an advertisement leads is sealed and screened with it', async () => {
  const part = (number: number) =>
    post('parts', {
      kind: 'live',
      revision: `part-${number}`,
      text: `Bahagian ${number}.`,
      segment: { number, from: '2026-11-24T01:00:00.000Z', until: '2026-11-24T01:00:30.000Z' },
    });
  const first = await now.report(part(1));
  const second = await now.report(part(2), { by: 'another' });
  expect(second.case).toBe(first.case);
  expect((await see.query('select 1 from cases.target where case_id = $1', [first.case])).length).toBe(2);

  const ad = { advertiser: 'Kedai Contoh', landing_url: 'http://bit.ly.example/a' };
  const words = 'Akaun anda digantung. Transaksi mencurigakan. Klik segera dan masukkan kod TAC dan kata laluan anda:';
  const raised = await screen(house, 'warung', post('ad-1', { kind: 'ad', text: words, ad }));
  const without = await screen(house, 'warung', post('ad-2', { kind: 'ad', text: words }));
  const links = ({ screened }: typeof raised) => screened.signals.filter(({ detector }) => detector === 'links').length;
  expect([links(raised), links(without)]).toEqual([1, 0]);
  const [sealed] = await house.db.begin('doors', async (tx) =>
    materialOf(house, tx, await cases.revisionsOf(tx, raised.raised?.case as string)),
  );
  expect(sealed?.ad).toEqual(ad);
  await now.obey();
});

test('a measure in Malaysia only says so to the platform, in the statement and in the notice; everywhere is something else', async () => {
  const id = await about('post', 'here');
  const decision = await now.judge(moderator, { case: id, determination: 'label', clause, territory: 'MY' });
  expect((await see.messages()).findLast(({ type }) => type === 'action.requested')?.data).toMatchObject({
    desired: 'labelled',
    territory: 'MY',
  });
  await now.obey();
  expect(await statement(decision.id)).toMatchObject({ territorial_scope: ['MY'] });
  await settle();
  expect((await lastTold(decision.id)).body).toContain('Ini berlaku di Malaysia sahaja.');
  // A reporter appeals: the same label, but everywhere, is asked for again.
  const { appeal } = await now.appeal(decision.id, 'reporter', 'reporter');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'label', clause, reason: 'Di mana-mana juga.' });
  expect((await now.waiting()).map(({ do: act, territory, targetSeq }) => [act, territory, targetSeq])).toEqual([['label', null, 2]]);
  await now.obey();
});

test('a measure for a time lifts itself: a record, an order, its acknowledgement, a notice; and it stays lifted', async () => {
  const id = await about('group', 'timed');
  const decision = await now.judge(moderator, { case: id, determination: 'limit', clause, days: 7 });
  await now.obey();
  await settle();
  expect((await lastTold(decision.id)).body).toContain('Ini tamat dengan sendirinya pada');
  expect(await statement(decision.id)).toMatchObject({ end_date: new Date(decision.decidedAt.getTime() + 7 * day).toISOString() });
  house.clock.advance(7 * day - 1);
  await sweep(house);
  expect(await waitingIn(id)).toEqual([]);
  house.clock.advance(1);
  await sweep(house);
  expect(await waitingIn(id)).toEqual(['restore']);
  await now.obey();
  await settle();
  expect((await lastTold(decision.id)).title).toBe('Kandungan anda kembali seperti biasa');
  expect((await statement(decision.id)).decision_visibility).toEqual(['INTERACTION_RESTRICTED']);
  await sweep(house);
  expect(await waitingIn(id)).toEqual([]);
  expect((await see.records(id)).map(({ kind }) => kind).slice(-5)).toEqual([
    'measure.ended',
    'action.ordered',
    'action.acknowledged',
    'notice.written',
    'notice.handed',
  ]);
});

test('one that ends before the platform has done it closes as lapsed undelivered, with a breach, and what lifts it is asked for all the same', async () => {
  const receiver = await openReceiver((_heard, response) => void response.writeHead(503).end());
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: receiver.url });
  const id = await about('channel', 'undelivered');
  await now.judge(moderator, { case: id, determination: 'disable', clause, days: 1 });
  await dispatchDue(moderationDispatch(house));
  house.clock.advance(day);
  await sweep(house);
  const actions = await see.actions(id);
  expect(actions.map(({ do: act, state }) => [act, state])).toEqual([
    ['disable', 'lapsed'],
    ['restore', 'ordered'],
  ]);
  expect(
    (await see.records(id)).filter(({ kind }) => kind === 'clock.breached').map(({ payload }) => [payload['clock'], payload['reason']]),
  ).toContainEqual(['enforce', 'lapsed undelivered']);
  // The late order is sent no more; only what lifts it.
  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  (receiver.heard as unknown[]).length = 0;
  await dispatchDue(moderationDispatch(house));
  expect(
    receiver.heard
      .filter(({ body }) => body.type === 'action.requested' && (body.data['target'] as { id: string }).id === 'undelivered')
      .map(({ body }) => body.data['do']),
  ).toEqual(['restore']);
  expect(await now.says(actions[0] as enforcement.Action, 'disabled')).toMatchObject({ state: 'lapsed' });
  await now.obey();
  expect((await see.case(id)).state).toBe('closed');
  await receiver.close();
});
