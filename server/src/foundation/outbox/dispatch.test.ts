import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { TestClock } from '../clock.ts';
import { connectPools } from '../db/pools.ts';
import { type Database, openDatabase, reading, type Tx } from '../db/transaction.ts';
import { createIds } from '../ids.ts';
import { silentLog } from '../log.ts';
import { seededRandomness } from '../randomness.ts';
import { attempts, forgetAttempts } from './delivery-log.ts';
import { type Dispatching, dispatchDue, startDispatcher } from './dispatch.ts';
import { enqueue, findMessage, finish, sendAgain, stuck } from './outbox.ts';

const child = fileURLToPath(new URL('../../../test/outbox-child.ts', import.meta.url));
const [minute, day] = [60_000, 24 * 3_600_000];

let database: FreshDatabase;
let db: Database;
let clock: TestClock;
let receiver: Receiver;
let dispatching: Dispatching;
let givenUp: string[];
const random = seededRandomness('dispatch');
const ids = createIds(new TestClock('2026-11-24T01:00:00.000Z'), random);

beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(async () => {
  await receiver.close();
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  if (database) {
    await db.end();
    await database.drop();
  }
  database = await freshDatabase();
  db = openDatabase(connectPools({ url: database.url }));
  clock = new TestClock('2026-11-24T01:00:00.000Z');
  givenUp = [];
  (receiver.heard as unknown[]).length = 0;
  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  dispatching = {
    db,
    clock,
    log: silentLog,
    endpointOf: async () => ({ url: receiver.url, secrets: [] }),
    paceOf: async () => ({ perSecond: 1_000, atOnce: 1_000 }),
    mail: () => Promise.reject(new Error('there is no mail')),
    refused: async () => false,
    givenUp: async (_tx, { id }) => void givenUp.push(id),
    taken: async (tx, message) => {
      await finish(tx, message.subject, clock.now());
      return 'finished';
    },
  };
});

const doors = <T>(work: (tx: Tx) => Promise<T>) => db.begin('doors', work);
/** Lays a message; gives its id. */
async function lay(
  data: object,
  { service = 'warung', target, type = 'action.requested' }: { service?: string; target?: { id: string; seq: number }; type?: string } = {},
) {
  const [id, subject] = [ids.next(), ids.next()];
  await doors((tx) => enqueue(tx, { id, service, type, subject, data, ...(target ? { target } : {}) }, clock.now()));
  return id;
}
const triesOf = async (message: string) => (await doors((tx) => attempts(tx, { service: 'warung', message }, undefined, 1_000))).reverse();
const nextDue = async () =>
  (
    await doors((tx) =>
      reading(tx).executeQuery<{ next: Date | null }>(
        CompiledQuery.raw('select min(next_at) as next from perisai.outbox where done_at is null and dead_at is null'),
      ),
    )
  ).rows[0]?.next ?? null;
/** Lets time pass to the next message that is due, again and again, and sends it, until `until`. */
async function passUntil(until: Date): Promise<void> {
  for (;;) {
    const next = await nextDue();
    if (next === null || next > until) break;
    if (next > clock.now()) clock.advance(next.getTime() - clock.now().getTime());
    await dispatchDue(dispatching);
  }
  clock.advance(until.getTime() - clock.now().getTime());
}

test('a receiver that is down for three days gets everything when it is back, once, with the bytes of the first try', async () => {
  await receiver.down();
  const id = await lay({ state: 'removed' });
  await passUntil(new Date(clock.now().getTime() + 3 * day));
  const inVain = await triesOf(id);
  expect(inVain.every(({ result, failure, status }) => result === 'failed' && failure === 'ECONNREFUSED' && status === null)).toBe(true);
  // Ever less often, an hour apart at most: some eighty tries, none of them lost in the log.
  expect(inVain.map(({ attempt }) => attempt)).toEqual(inVain.map((_, index) => index + 1));
  const gaps = inVain.map(({ at, nextAt }) => (nextAt as Date).getTime() - at.getTime());
  expect([gaps[0], gaps.at(-1), inVain.length > 70 && inVain.length < 100]).toEqual([5_000, 60 * minute, true]);

  await receiver.up();
  await passUntil(new Date(clock.now().getTime() + 60 * minute));
  expect(receiver.heard.map((one) => [one.id, one.raw])).toEqual([
    [id, '{"type":"action.requested","timestamp":"2026-11-24T01:00:00.000Z","data":{"state":"removed"}}'],
  ]);
  expect((await triesOf(id)).at(-1)).toMatchObject({ result: 'done', status: 204, nextAt: null });
  expect(await doors((tx) => stuck(tx, {}, 10))).toEqual([]);
});

test('after five days it is given up: that target waits for a person, every other goes on, and a replay delivers it', async () => {
  const refused = ids.next();
  receiver.answer = (heard, response) => void response.writeHead(heard.body.data['target'] === refused ? 500 : 204).end('no');
  const dead = await lay({ target: refused }, { target: { id: refused, seq: 1 } });
  await passUntil(new Date(clock.now().getTime() + 6 * day));
  expect((await triesOf(dead)).at(-1)).toMatchObject({
    result: 'given-up',
    status: 500,
    failure: 'HTTP 500',
    response: 'no',
    nextAt: null,
  });
  expect(await doors((tx) => stuck(tx, { dead: true }, 10))).toMatchObject([{ id: dead, failure: 'HTTP 500' }]);

  const other = await lay({ target: 'other' }, { target: { id: ids.next(), seq: 1 } });
  await dispatchDue(dispatching);
  expect((await triesOf(other)).map(({ result }) => result)).toEqual(['done']);
  expect(await dispatchDue(dispatching)).toBe(0);

  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  await doors((tx) => sendAgain(tx, dead, clock.now()));
  await dispatchDue(dispatching);
  expect((await triesOf(dead)).at(-1)).toMatchObject({ result: 'done', attempt: 1 });
});

test('what was asked of a target collapses to the newest, a dead letter too', async () => {
  const target = ids.next();
  receiver.answer = (_heard, response) => void response.writeHead(410).end();
  const first = await lay({ state: 'inaccessible' }, { target: { id: target, seq: 1 } });
  await dispatchDue(dispatching);
  expect((await triesOf(first)).map(({ result }) => result)).toEqual(['given-up']);
  expect(givenUp).toEqual([first]);
  await receiver.down();
  const second = await lay({ state: 'removed' }, { target: { id: target, seq: 2 } });
  const third = await lay({ state: 'visible' }, { target: { id: target, seq: 3 } });
  await receiver.up();
  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  await dispatchDue(dispatching);
  expect(receiver.heard.slice(1).map(({ id }) => id)).toEqual([third]);
  for (const id of [first, second])
    expect(await doors((tx) => findMessage(tx, id))).toMatchObject({ collapsed: true, doneAt: expect.any(Date) });
});

test('a process that is killed between the receiver’s yes and its own commit has it delivered again, as the same message', async () => {
  const id = await lay({ state: 'removed' });
  const process_ = spawn(process.execPath, ['--conditions=perisai-source', child, database.url, receiver.url, clock.now().toISOString()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(String((await once(process_.stdout, 'data'))[0])).toBe('taken\n');
  process_.kill('SIGKILL');
  await once(process_, 'exit');
  expect(receiver.heard.map((one) => one.id)).toEqual([id]);
  // Its lease still holds; when it ends, whoever lives takes over.
  expect(await dispatchDue(dispatching)).toBe(0);
  clock.advance(minute + 1);
  expect(await dispatchDue(dispatching)).toBe(1);
  expect(receiver.heard.map((one) => one.id)).toEqual([id, id]);
  expect(receiver.heard[1]?.raw).toBe(receiver.heard[0]?.raw);
  expect(await dispatchDue(dispatching)).toBe(0);
  // What the killed process did is not in the log: it never said how it ended.
  expect((await triesOf(id)).map(({ result, attempt }) => [result, attempt])).toEqual([['done', 2]]);
}, 30_000);

test('a receiver is sent no more than its pace lets, what is asked for before what is told', async () => {
  dispatching = { ...dispatching, paceOf: async () => ({ perSecond: 2, atOnce: 3 }) };
  for (let i = 0; i < 4; i++) await lay({ i }, { type: 'notice.issued' });
  for (let i = 0; i < 4; i++) await lay({ i });
  const sent = async () => {
    (receiver.heard as unknown[]).length = 0;
    await dispatchDue(dispatching);
    return receiver.heard.map(({ body }) => body.type.split('.')[0]);
  };
  expect(await sent()).toEqual(['action', 'action', 'action']);
  expect(await sent()).toEqual([]);
  clock.advance(500);
  expect(await sent()).toEqual(['action']);
  clock.advance(1_000);
  expect(await sent()).toEqual(['notice', 'notice']);
  clock.advance(60_000);
  expect(await sent()).toEqual(['notice', 'notice']);
});

test('who asks us to wait is not asked before', async () => {
  receiver.answer = (_heard, response) => void response.writeHead(429, { 'retry-after': '600' }).end();
  const id = await lay({});
  await dispatchDue(dispatching);
  const [tried] = await triesOf(id);
  expect(tried?.nextAt).toEqual(new Date(clock.now().getTime() + 10 * minute));
});

test('a slow receiver keeps no other waiting', async () => {
  const [asked, heldUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const quick = await openReceiver();
  receiver.answer = async (_heard, response) => {
    asked.resolve();
    await heldUp.promise;
    response.writeHead(204).end();
  };
  const arrived = Promise.withResolvers<void>();
  quick.answer = (_heard, response) => {
    response.writeHead(204).end();
    arrived.resolve();
  };
  const urls: Record<string, string> = { warung: receiver.url, kedai: quick.url };
  const running = startDispatcher(
    { ...dispatching, endpointOf: async (_tx, service) => ({ url: urls[service] as string, secrets: [] }) },
    { every: 20 },
  );
  try {
    await lay({});
    running.nudge();
    await asked.promise;
    await lay({}, { service: 'kedai' });
    running.nudge();
    await arrived.promise;
    expect(await triesOf((receiver.heard[0] as { id: string }).id)).toEqual([]);
  } finally {
    heldUp.resolve();
    await running.stop();
    await quick.close();
  }
  expect((await triesOf((receiver.heard[0] as { id: string }).id)).map(({ result }) => result)).toEqual(['done']);
});

test('tries are forgotten after thirty days', async () => {
  const id = await lay({});
  await dispatchDue(dispatching);
  clock.advance(30 * day);
  expect(await doors((tx) => forgetAttempts(tx, clock.now()))).toBe(0);
  clock.advance(1);
  expect(await doors((tx) => forgetAttempts(tx, clock.now()))).toBe(1);
  expect(await triesOf(id)).toEqual([]);
});
