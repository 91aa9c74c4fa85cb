import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, nameSomebody, say, sayAlone, type TestSpine, testSpine } from '../../test/spine.ts';
import { lag } from './questions.ts';
import type { Heard } from './retell.ts';
import { beat } from './sequence.ts';
import { hearNext, type Subscriber, startSubscribers } from './subscribe.ts';
import { ensureSubscriber } from './subscriber.sql.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
});
afterEach(() => spine.close());

const begin = (name: string) => spine.db.begin('jobs', (tx) => ensureSubscriber(tx, name));
const listener = (name: string, hear: (heard: Heard) => unknown, kinds: Subscriber['kinds'] = ['material.viewed']): Subscriber => ({
  name,
  kinds,
  hear: async (_tx, heard) => void (await hear(heard)),
});
async function listen(subscriber: Subscriber): Promise<void> {
  while (await hearNext(spine, subscriber));
}
const lags = () => spine.db.begin('doors', (tx) => lag(tx));

test('a subscriber hears every record of its kinds once, in the order of the log, and nothing else', async () => {
  const heard: string[] = [];
  const subscriber = listener('orderly', ({ record }) => heard.push(record.id));
  await begin('orderly');
  const said: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    said.push(...(await sayAlone(spine, 2)));
    await spine.db.begin('doors', (tx) => nameSomebody(spine, tx, randomUUID(), 'somebody'));
    await beat(spine);
    if (n % 2) await listen(subscriber);
  }
  await listen(subscriber);
  expect(heard).toEqual(said);
  await listen(subscriber);
  expect(heard).toEqual(said);
});

test('its effect and its cursor are one transaction: where it fails, neither is, and it hears the record again', async () => {
  const [first, second] = await sayAlone(spine, 2);
  await beat(spine);
  await begin('failing');
  const heard: string[] = [];
  let fails = true;
  const subscriber: Subscriber = {
    name: 'failing',
    kinds: ['material.viewed'],
    async hear(tx, { record }) {
      heard.push(record.id);
      await say(spine, tx);
      if (fails && record.id === second) throw new Error('not yet');
    },
  };
  await expect(listen(subscriber)).rejects.toThrow('not yet');
  await expect(listen(subscriber)).rejects.toThrow('not yet');
  fails = false;
  await listen(subscriber);
  expect(heard).toEqual([first, second, second, second]);
  expect(await ask(spine, 'select count(*) from records.record')).toEqual([{ count: 4 }]);
});

test('of two processes that run the same subscriber one hears a record, and neither passes over any', async () => {
  await sayAlone(spine, 60);
  await beat(spine);
  await begin('shared');
  const heard: string[] = [];
  const subscriber = listener('shared', ({ record }) => heard.push(record.id));
  await Promise.all([listen(subscriber), listen(subscriber), listen(subscriber)]);
  await listen(subscriber);
  expect(heard).toHaveLength(60);
  expect(new Set(heard).size).toBe(60);
});

test('one that is stuck holds up neither the others nor the sealer, and everybody can see how far it is behind', async () => {
  const { promise: heardAll, resolve } = Promise.withResolvers<void>();
  let left = 12;
  let tries = 0;
  const { promise: triedAgain, resolve: again } = Promise.withResolvers<void>();
  const running = await startSubscribers(
    spine,
    [
      listener('stuck', () => {
        tries += 1;
        if (tries > 3) again();
        throw new Error('the platform is gone');
      }),
      listener('well', () => {
        left -= 1;
        if (left === 0) resolve();
      }),
    ],
    { every: 1 },
  );
  for (let n = 0; n < 4; n += 1) {
    await sayAlone(spine, 3);
    expect(await beat(spine)).toMatchObject({ laid: 3, sealed: 3 * (n + 1) });
    running.wake();
  }
  await Promise.all([heardAll, triedAgain]);
  await running.stop();
  expect(await lags()).toEqual([
    { name: 'stuck', behind: 12, failedAt: spine.clock.now(), failure: 'the platform is gone' },
    { name: 'well', behind: 0, failedAt: null, failure: null },
  ]);
});

test('why it is stuck is kept without what the database quotes of its rows', async () => {
  await sayAlone(spine);
  await beat(spine);
  const { promise: failedTwice, resolve } = Promise.withResolvers<void>();
  let tries = 0;
  const quoting = Object.assign(new Error('invalid input: "Aminah"'), { severity: 'ERROR', code: '22P02' });
  const stuck = listener('quoting', () => {
    tries += 1;
    if (tries === 2) resolve();
    throw quoting;
  });
  const running = await startSubscribers(spine, [stuck], { every: 1 });
  await failedTwice;
  await running.stop();
  expect(await lags()).toMatchObject([{ name: 'quoting', failure: 'Error 22P02' }]);
});

test('a failure is forgotten when the record was heard at last', async () => {
  await sayAlone(spine, 2);
  await beat(spine);
  let broken = true;
  const { promise: heardBoth, resolve } = Promise.withResolvers<void>();
  const heard: string[] = [];
  const running = await startSubscribers(
    spine,
    [
      listener('mended', ({ record }) => {
        if (broken) {
          broken = false;
          throw new Error('once');
        }
        heard.push(record.id);
        if (heard.length === 2) resolve();
      }),
    ],
    { every: 1 },
  );
  await heardBoth;
  await running.stop();
  expect(await lags()).toEqual([{ name: 'mended', behind: 0, failedAt: null, failure: null }]);
});

test('a subscriber that is new hears the log from its beginning', async () => {
  await sayAlone(spine, 3);
  await beat(spine);
  const heard: string[] = [];
  await begin('late');
  expect(await lags()).toMatchObject([{ name: 'late', behind: 3 }]);
  await listen(listener('late', ({ record }) => heard.push(record.id)));
  expect(heard).toHaveLength(3);
});

test('a long stretch without a record for it is passed over in steps, to its end', async () => {
  await spine.db.begin('doors', (tx) => nameSomebody(spine, tx, randomUUID(), 'somebody'));
  await sayAlone(spine, 40);
  await beat(spine);
  await begin('patient');
  const heard: string[] = [];
  await listen(listener('patient', ({ record }) => heard.push(record.kind), ['case.closed']));
  expect(heard).toEqual([]);
  expect(await lags()).toMatchObject([{ behind: 0 }]);
});

test('a stretch for nobody is left at once by whoever stops', async () => {
  const running = await startSubscribers(spine, [listener('idle', () => undefined)], { every: 3_600_000 });
  await running.stop();
});
