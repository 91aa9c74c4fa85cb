import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { TestClock } from '../clock.ts';
import { connectPools } from '../db/pools.ts';
import { type Database, openDatabase, type Tx } from '../db/transaction.ts';
import { systemRandomness } from '../randomness.ts';
import { keyById } from './keys.sql.ts';
import { createServiceKey, keyResolver, listServiceKeys, revokeServiceKey, rotateServiceKey } from './keys.ts';

const clock = new TestClock('2026-11-24T00:00:00Z');
const means = { clock, random: systemRandomness };
const minute = 60_000;
let fresh: FreshDatabase;
let db: Database;
let looked = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  const open = openDatabase(connectPools({ url: fresh.url }));
  db = {
    ...open,
    begin(pool, work) {
      looked += 1;
      return open.begin(pool, work);
    },
  };
});
afterAll(async () => {
  await db.end();
  await fresh.drop();
});

const inTx = <T>(work: (tx: Tx) => Promise<T>) => db.begin('doors', work);
const make = (service: string) => inTx((tx) => createServiceKey(tx, means, { service, label: 'test', scopes: ['screen', 'read'] }));

describe('a service key', () => {
  it('says who calls and what for', async () => {
    const { id, token } = await make('warung');
    expect(token).toMatch(/^psk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(await keyResolver({ db, clock })(token)).toEqual({ slug: 'warung', keyId: id, scopes: ['screen', 'read'], heldBy: null });
  });

  it('is stored as a hash: neither row nor list holds the secret', async () => {
    const { id, token } = await make('hashed');
    const secret = token.split('_').slice(2).join('_');
    const row = await inTx((tx) => keyById(tx, id));
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(row?.secret_hash.toString('base64url')).not.toBe(secret);
    expect(await inTx((tx) => listServiceKeys(tx, 'hashed'))).toMatchObject([{ id, service: 'hashed', notAfter: null, revokedAt: null }]);
  });

  it('opens nothing when id or secret is wrong, and malformed ones are not even looked up', async () => {
    const resolve = keyResolver({ db, clock });
    const { token } = await make('wrong');
    const other = token.endsWith('A') ? 'B' : 'A';
    expect(await resolve(token.slice(0, -1) + other)).toBeNull();
    expect(await resolve(`psk_0000000000000000_${'A'.repeat(43)}`)).toBeNull();
    const before = looked;
    for (const bad of ['', 'psk_', token.slice(1), `${token}x`, token.toUpperCase(), `${token}\n`]) expect(await resolve(bad)).toBeNull();
    expect(looked).toBe(before);
  });

  it('is looked up once in 5 s, also when twenty requests come at once', async () => {
    const resolve = keyResolver({ db, clock });
    const { token } = await make('cached');
    const before = looked;
    await Promise.all(Array.from({ length: 20 }, () => resolve(token)));
    expect(looked).toBe(before + 1);
    clock.advance(5000);
    await resolve(token);
    expect(looked).toBe(before + 2);
  });

  it('that is revoked opens nothing after 5 s at the latest', async () => {
    const resolve = keyResolver({ db, clock });
    const { id, token } = await make('revoked');
    expect(await resolve(token)).not.toBeNull();
    await inTx((tx) => revokeServiceKey(tx, means, id));
    clock.advance(5000);
    expect(await resolve(token)).toBeNull();
    await expect(inTx((tx) => rotateServiceKey(tx, means, id, minute))).rejects.toThrow(RangeError);
    await expect(inTx((tx) => revokeServiceKey(tx, means, 'unknown'))).rejects.toThrow(RangeError);
  });

  it('is rotated with an overlap in which old and new work', async () => {
    const resolve = keyResolver({ db, clock });
    const old = await make('rotated');
    const young = await inTx((tx) => rotateServiceKey(tx, means, old.id, minute));
    expect(young.oldNotAfter).toEqual(new Date(clock.now().getTime() + minute));
    expect(await resolve(old.token)).not.toBeNull();
    expect(await resolve(young.token)).toMatchObject({ slug: 'rotated', scopes: ['screen', 'read'] });
    clock.advance(minute);
    expect(await resolve(old.token)).toBeNull();
    expect(await resolve(young.token)).not.toBeNull();
  });

  it('never gets a longer life by being rotated', async () => {
    const notAfter = new Date(clock.now().getTime() + minute);
    const old = await inTx((tx) => createServiceKey(tx, means, { service: 'short', label: 'x', scopes: ['read'], notAfter }));
    expect((await inTx((tx) => rotateServiceKey(tx, means, old.id, 60 * minute))).oldNotAfter).toEqual(notAfter);
  });

  it('is looked up again after the database failed', async () => {
    let broken = true;
    const flaky: Database = { ...db, begin: (pool, work) => (broken ? Promise.reject(new Error('gone')) : db.begin(pool, work)) };
    const { token } = await make('flaky');
    const resolve = keyResolver({ db: flaky, clock });
    await expect(resolve(token)).rejects.toThrow('gone');
    broken = false;
    expect(await resolve(token)).not.toBeNull();
  });
});
