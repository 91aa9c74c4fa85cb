import { randomUUID } from 'node:crypto';
import { generateLogKey, logSigner } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, nameSomebody, sayAlone, type TestSpine, testSpine } from '../../test/spine.ts';
import { examine } from '../foundation/doctor.ts';
import { append } from './append.ts';
import { recordChecks } from './checks.ts';
import { forgetParty } from './handles.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine({ signer: logSigner(generateLogKey('log.perisai.example').skey) });
  await beat(spine);
});
afterEach(() => spine.close());

const found = async (name: string, of = spine) => (await examine(recordChecks(of))).find((one) => one.name === name);

test('a log that is well has nothing to do; a key that was not announced is seen', async () => {
  expect(await found('log key')).toMatchObject({ state: 'warn' });
  const { vkey } = spine.signer;
  await spine.db.begin('doors', (tx) => append(spine, tx, { kind: 'log.key-announced', service: 'perisai', payload: { vkey } }));
  await sayAlone(spine, 3);
  await beat(spine);
  const all = await examine(recordChecks(spine));
  expect(all.map(({ name, state }) => [name, state])).toEqual([
    ['log key', 'good'],
    ['log times', 'good'],
    ['data keys', 'good'],
  ]);
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

test('a key store that is older than the database is seen by the people whose keys it lacks; who was erased is not missed', async () => {
  const accounts = [randomUUID(), randomUUID(), randomUUID()];
  for (const account of accounts) await spine.db.begin('doors', (tx) => nameSomebody(spine, tx, account, 'somebody'));
  const [erased, lost] = accounts as [string, string];
  const gone = await spine.db.begin('doors', (tx) => forgetParty(tx, erased, 'profile'));
  await spine.keys.destroy(gone ?? '');
  await beat(spine);
  spine.clock.advance(61_000);
  expect(await found('data keys')).toMatchObject({ state: 'good' });
  const [row] = await ask<{ handle: string }>(
    spine,
    `select encode(handle, 'base64') as handle from records.handle where party = '${lost}'`,
  );
  await spine.keys.destroy(row?.handle ?? '');
  expect(await found('data keys')).toMatchObject({ state: 'bad', says: expect.stringMatching(/^1 of 2 people/) });
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
