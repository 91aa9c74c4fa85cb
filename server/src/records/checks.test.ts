import { generateLogKey, logSigner } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sayAlone, spineOn, type TestSpine, testSpine } from '../../test/spine.ts';
import { examine } from '../foundation/doctor.ts';
import { append } from './append.ts';
import { recordChecks } from './checks.ts';
import { beat } from './sequence.ts';
import { startSubscribers } from './subscribe.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine({ signer: logSigner(generateLogKey('log.perisai.example').skey) });
  await beat(spine);
});
afterEach(() => spine.close());

const found = async (name: string, of = spine) => (await examine(recordChecks(of))).find((one) => one.name === name);

test('a log that is well has nothing to do', async () => {
  const { vkey } = spine.signer;
  await spine.db.begin('doors', (tx) => append(spine, tx, { kind: 'log.key-announced', service: 'perisai', payload: { vkey } }));
  await sayAlone(spine, 3);
  await beat(spine);
  const all = await examine(recordChecks(spine));
  expect(all.map(({ name, state }) => [name, state])).toEqual([
    ['log anchor', 'good'],
    ['log key', 'good'],
    ['log times', 'good'],
    ['subscribers', 'good'],
  ]);
});

test('a log that refuses says why and what to do, and a key that was not announced is seen', async () => {
  await sayAlone(spine);
  await beat(spine);
  for await (const path of spine.blobs.list('')) await spine.blobs.delete(path);
  expect(await found('log anchor')).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('give it the blob store of this database'),
  });
  expect(await found('log key')).toMatchObject({ state: 'warn' });
});

test('a record of a minute before an earlier one is allowed, of a moment more is counted', async () => {
  await sayAlone(spine);
  spine.clock.advance(-60_000);
  await sayAlone(spine);
  await beat(spine);
  expect(await found('log times')).toMatchObject({ state: 'good', says: expect.stringMatching(/^0 of the newest 2 records/) });
  spine.clock.advance(-1);
  await sayAlone(spine, 2);
  spine.clock.advance(3_600_000);
  await sayAlone(spine);
  await beat(spine);
  expect(await found('log times')).toMatchObject({ state: 'bad', says: expect.stringMatching(/^2 of the newest 5 records/) });
});

test('in a demonstration, whose clock is moved, they are only counted', async () => {
  const demo = await testSpine();
  await beat(demo);
  await sayAlone(demo);
  demo.clock.advance(-3_600_000);
  await sayAlone(demo);
  await beat(demo);
  expect(await found('log times', demo)).toMatchObject({ state: 'good', says: expect.stringMatching(/^1 of/) });
  await demo.close();
});

test('a subscriber that is stuck is named with its reason, in which no row of the database is quoted', async () => {
  await sayAlone(spine);
  await beat(spine);
  const { promise: failedTwice, resolve } = Promise.withResolvers<void>();
  let tries = 0;
  const quoting = Object.assign(new Error('invalid input: "Aminah"'), { severity: 'ERROR', code: '22P02' });
  const hear = async () => {
    tries += 1;
    if (tries === 2) resolve();
    throw quoting;
  };
  const running = await startSubscribers(spine, [{ name: 'stuck', kinds: ['material.viewed'], hear }], { every: 1 });
  await failedTwice;
  await running.stop();
  const other = spineOn(spine.url, spine);
  expect(await found('subscribers', other)).toMatchObject({ state: 'bad', says: 'stuck is 1 behind the newest record: Error 22P02.' });
  await other.close();
});
