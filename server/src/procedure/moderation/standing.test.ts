import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { problemOf } from '../../foundation/http/testing.ts';

let house: TestHouse;
let doors: Doors;
let key: string;
beforeAll(async () => {
  house = await testHouse();
  doors = await openTestDoors(house);
  key = await keyFor(house);
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});

const ask = (path: string, body?: unknown) =>
  doors.ask(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('over HTTP a platform is asked for an account by its own id, says what it did, and shows its holder where the account stands', async () => {
  const now = play(house);
  const { case: of } = await now.report(post('p', { author: 'rosli' }));
  const moderator = await enrolled(house, 'moderator');
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.doxing', measure: 'suggested' });

  const { items } = (await (await ask('/v1/actions?state=pending')).json()) as { items: { do: string; action: string; target: object }[] };
  const action = items.find((one) => one.do === 'restrict-account');
  expect(action).toMatchObject({
    target: { kind: 'account', id: 'rosli' },
    desired: 'restricted',
    target_seq: 1,
    clause: 'bullying.doxing',
    expires_at: '2026-12-01T01:00:00.000Z',
  });
  const said = await ask(`/v1/actions/${action?.action}/acknowledgements`, { target_seq: 1, state: 'restricted' });
  expect([said.status, await said.json()]).toEqual([200, { action: action?.action, state: 'acknowledged' }]);

  expect(await (await ask('/v1/accounts/rosli/standing')).json()).toMatchObject({
    account: 'rosli',
    state: 'restricted',
    measures: [{ measure: 'restrict-account', clause: 'bullying.doxing', until: '2026-12-01T01:00:00.000Z' }],
    strikes: [{ clause: 'bullying.doxing', harm: 'bullying-hate', weight: 3, until: '2027-11-24T01:00:00.000Z' }],
    weight: 3,
    next: { measure: 'restrict-account', from: 5 },
  });
  house.clock.advance(366 * 24 * 3_600_000);
  expect(await (await ask('/v1/accounts/rosli/standing')).json()).toMatchObject({ strikes: [], weight: 0 });
  expect(await problemOf(await ask('/v1/accounts/nobody/standing'))).toMatchObject({ status: 404, code: 'account-unknown' });
});

test('what an account is known by comes as hashes only, and once', async () => {
  const device = { kind: 'device', hash: 'd'.repeat(64) };
  expect(await (await ask('/v1/accounts/rosli/identifiers', { identifiers: [device] })).json()).toEqual({ account: 'rosli', kept: 1 });
  expect(await (await ask('/v1/accounts/rosli/identifiers', { identifiers: [device] })).json()).toEqual({ account: 'rosli', kept: 0 });
  const plain = { identifiers: [{ kind: 'phone', hash: '0123456789' }] };
  expect(await problemOf(await ask('/v1/accounts/rosli/identifiers', plain))).toMatchObject({ code: 'field-wrong' });
});
