import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import * as instructions from '../../instructions/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { materialOf } from '../../views/material.ts';
import { statementOf } from '../../views/statement.ts';
import { erase } from '../people/erase.ts';
import { defineItemKind } from '../setup/item-kind.ts';
import { type ItemInput, receiveInstruction } from './index.ts';

const schema = (more: object = {}) =>
  JSON.stringify({
    type: 'object',
    properties: {
      title: { type: 'string', maxLength: 500, 'x-perisai-text': true },
      price: { type: 'number', minimum: 0 },
      stock: { type: 'string' },
      ...more,
    },
    required: ['price'],
    additionalProperties: false,
  });

let house: TestHouse;
let doors: Doors;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let key: string;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'own kinds' });
  now = play(house);
  see = look(house);
  doors = await openTestDoors(house);
  key = await keyFor(house);
  moderator = await enrolled(house, 'moderator');
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});
// Who needs another schema defines it.
beforeEach(() => defineItemKind(house, 'warung', { kind: 'listing', as: 'post', schema: schema() }));

const listing = (id: string, fields: Record<string, unknown> = { price: 12.5 }, more: Partial<Omit<ItemInput, 'author'>> = {}) =>
  post(id, { kind: 'listing', author: `author-of-${id}`, fields, ...more });
const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
  const answer = await doors.ask(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: whatever the route answers
  return { status: answer.status, body: (await answer.json()) as any };
};
const reported = (item: ItemInput) => ({
  item,
  attested: 'platform',
  harm: 'scam',
  language: 'ms',
  reporter: { account: { id: 'a reporter' } },
});
const snapshots = async () => (await see.records()).filter(({ kind }) => kind === 'content.snapshotted').map(({ payload }) => payload);
const definitions = async () => (await see.records()).filter(({ kind }) => kind === 'item-kind.defined').map(({ payload }) => payload);

describe('an item of a service’s own kind', () => {
  test('is screened by what its fields say to people, protected as what it is handled as, and named to the platform by its own word', async () => {
    const { status, body } = await send('/v1/screen', { item: listing('scam', { price: 1, title: scamText }, { text: 'Baru.' }) });
    expect([status, body.verdict]).toEqual([200, 'withhold']);
    const silent = await send('/v1/screen', { item: listing('data', { price: 1, stock: scamText }, { text: 'Baru.' }) });
    expect(silent.body.verdict).toBe('allow');
    expect((await see.actions(body.case))[0]?.do).toBe('make-inaccessible');
    const asked = (await see.messages()).findLast(({ type }) => type === 'action.requested')?.data;
    expect(asked).toMatchObject({ target: { kind: 'item', item_kind: 'listing', id: 'scam', surface: 'public-feed' } });
    const pending = await doors.ask('/v1/actions?state=pending', { headers: { authorization: `Bearer ${key}` } });
    expect(JSON.stringify(await pending.json())).toContain('"item_kind":"listing"');

    await expect(now.judge(moderator, { case: body.case, determination: 'interrupt', clause: 'scam.phishing' })).rejects.toMatchObject({
      code: 'measure-unfit',
    });
    const made = await now.judge(moderator, { case: body.case, determination: 'remove', clause: 'scam.phishing' });
    const told = await house.db.begin('doors', async (tx) =>
      statementOf(house, tx, (await decisions.decision(tx, made.id)) as decisions.Decision),
    );
    expect(told).toMatchObject({ content_id: 'scam', content_type_other: 'listing' });
    await now.obey();
    const states = [
      { target: { kind: 'item', item_kind: 'listing', id: 'scam' }, state: 'removed' },
      { target: { kind: 'item', item_kind: 'post', id: 'scam' }, state: 'removed' },
      { target: { kind: 'item', item_kind: 'auction', id: 'scam' }, state: 'removed' },
    ];
    const { results } = (await send('/v1/states', { states })).body;
    expect(results.map(({ result, problem }: { result: string; problem: { code: string } | null }) => [result, problem?.code])).toEqual([
      ['as-desired', undefined],
      ['nothing-asked', undefined],
      ['refused', 'field-wrong'],
    ]);
  });

  test('is named by its own word in an instruction of the regulator, and in the receipt', async () => {
    await now.report(listing('instructed'));
    const officer = await enrolled(house, 'compliance-officer');
    const due = new Date(house.clock.now().getTime() + hour);
    const about = { service: 'warung', kind: 'remove', reference: 'MCMC/9', due } as const;
    await expect(receiveInstruction(house, officer, { ...about, item: { kind: 'post', id: 'instructed' } })).rejects.toMatchObject({
      code: 'item-unknown',
    });
    const id = await receiveInstruction(house, officer, { ...about, item: { kind: 'listing', id: 'instructed' } });
    await now.obey();
    const receipt = await house.db.begin('doors', async (tx) =>
      instructions.receiptOf(tx, (await instructions.instruction(tx, id)) as instructions.Instruction),
    );
    expect(receipt).toMatchObject({ item: { kind: 'listing', id: 'instructed' }, shown: 'removed' });
  });

  test('that is handled as a live session is interrupted', async () => {
    await defineItemKind(house, 'warung', { kind: 'live-sale', as: 'live', schema: '{"type":"object"}' });
    const { body } = await send('/v1/screen', { item: post('sale', { kind: 'live-sale', text: scamText }) });
    expect((await see.actions(body.case))[0]?.do).toBe('interrupt');
  });

  test('has its fields sealed under its author’s key, with the digest of their schema, and they go with the author', async () => {
    const { body } = await send('/v1/reports', reported(listing('sealed', { price: 0.75, stock: 'on-the-shelf' })), {
      'idempotency-key': 's',
    });
    const [revision = ''] = (
      await see.query<{ revision: string }>('select revision from cases.target where case_id = $1', [body.case])
    ).map((row) => row.revision);
    const [{ record, own_kind, kind } = { record: '', own_kind: '', kind: '' }] = await see.query<Record<string, string>>(
      'select r.record, i.own_kind, i.kind from subjects.revision r join subjects.item i on i.id = r.item where r.id = $1',
      [revision],
    );
    expect([kind, own_kind]).toEqual(['post', 'listing']);
    const [{ line } = { line: '' }] = await see.query<{ line: string }>('select line from records.record where id = $1', [record]);
    expect(JSON.parse(line).payload).toMatchObject({
      item_kind: 'post',
      own: { kind: 'listing', schema: (await definitions()).find((one) => one['kind'] === 'listing')?.['digest'] },
      fields: { commitment: expect.any(String) },
    });
    expect(line).not.toMatch(/on-the-shelf|0\.75/);
    const shown = () => house.db.begin('doors', async (tx) => (await materialOf(house, tx, [revision]))[0]?.fields);
    expect(await shown()).toEqual([
      ['price', 0.75],
      ['stock', 'on-the-shelf'],
    ]);
    await erase(house, 'warung', now.ours('author-of-sealed'), 'evidence');
    await house.settle();
    expect(await shown()).toEqual([]);
    expect(await house.db.begin('doors', (tx) => reveal(house, tx, 'content.snapshotted', record as string))).toMatchObject({
      fields: null,
    });
  });

  test('is another revision where its fields say something else, and the same in any order', async () => {
    const before = (await snapshots()).length;
    for (const fields of [
      { price: 1, stock: 'a' },
      { stock: 'a', price: 1 },
      { price: 2, stock: 'a' },
    ])
      await now.report(listing('twice', fields));
    expect((await snapshots()).length - before).toBe(2);
  });

  test('is refused, a line at a time, where its fields do not fit, naming the place; so are unknown kinds, and fields of a kind of ours', async () => {
    const lines: object[] = [
      listing('good'),
      listing('poor', {}),
      listing('wrong', { price: 'twelve' }),
      listing('more', { price: 1, colour: 'red' }),
      listing('deep', { price: { a: 1 } }),
      post('unknown', { kind: 'auction' }),
      post('ours', { fields: { price: 1 } }),
      post('shouted', { kind: 'LISTING' }),
    ];
    const reports = lines.map((item, n) => ({ key: `line-${n}`, ...reported(item as ItemInput) }));
    const { body } = await send('/v1/reports/batch', { reports });
    const told = body.results.map(({ status, problem }: { status: number; problem?: { code: string; errors: { pointer: string }[] } }) => [
      status,
      ...(problem ? [problem.code, problem.errors[0]?.pointer] : []),
    ]);
    const at = (n: number, place: string) => `/reports/${n}/item/${place}`;
    expect(told).toEqual([
      [201],
      [400, 'field-missing', at(1, 'fields/price')],
      [400, 'field-wrong', at(2, 'fields/price')],
      [400, 'field-unknown', at(3, 'fields/colour')],
      [400, 'field-wrong', at(4, 'fields/price')],
      [400, 'field-wrong', at(5, 'kind')],
      [400, 'field-unknown', at(6, 'fields')],
      [400, 'field-wrong', at(7, 'kind')],
    ]);
    const contents = [{ item: listing('screened') }, { item: listing('poor', {}) }];
    const screened = (await send('/v1/screen/batch', { contents })).body.results;
    expect(screened[0].answer.verdict).toBe('allow');
    expect(screened[1].problem.errors[0].pointer).toBe('/contents/1/item/fields/price');
  });
});

describe('a kind of a service’s own', () => {
  test('counts from its newest definition on; what was sealed before names the schema of then', async () => {
    await now.report(listing('before'));
    await defineItemKind(house, 'warung', { kind: 'listing', as: 'post', schema: schema({ seller: { type: 'string' } }) });
    await now.report(listing('after', { price: 1, seller: 'a shop' }));
    const named = (await snapshots()).slice(-2).map(({ own }) => (own as { schema: string }).schema);
    const digests = (await definitions()).filter(({ kind }) => kind === 'listing').map(({ digest }) => digest);
    expect(named).toEqual(digests.slice(-2));
    expect(named[0]).not.toBe(named[1]);
  });

  test('defined again as it is leaves no record, is no word of ours, stays handled as it was, and is one of fifty at most', async () => {
    const define = (kind: string, as: 'post' | 'ad' = 'post', text = schema(), service = 'warung') =>
      defineItemKind(house, service, { kind, as, schema: text });
    const before = (await definitions()).length;
    await define('listing', 'post', `  ${schema()}\n`);
    expect(await definitions()).toHaveLength(before);
    await expect(define('comment')).rejects.toMatchObject({ code: 'field-wrong' });
    await expect(define('a b')).rejects.toMatchObject({ code: 'field-wrong' });
    await expect(define('listing', 'ad')).rejects.toMatchObject({ code: 'conflict' });
    await expect(define('broken', 'post', '{"type":"object","propertys":{}}')).rejects.toThrow(/unknown keyword/);
    await expect(define('listing', 'post', schema(), 'nobody')).rejects.toMatchObject({ code: 'not-found' });
    const letter = (n: number) => `${String.fromCharCode(97 + Math.floor(n / 26))}${String.fromCharCode(97 + (n % 26))}`;
    const [{ n: had } = { n: 0 }] = await see.query<{ n: number }>('select count(*)::int as n from subjects.item_kind');
    for (let n = had; n < 50; n++) await define(`kind-${letter(n)}`);
    await expect(define('one-too-many')).rejects.toMatchObject({ code: 'conflict' });
    await define('listing', 'post', schema({ size: { type: 'string' } }));
  });
});
