import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryKeyStore } from '../../test/memory-key-store.ts';
import { ask, nameSomebody, spineOn, type TestSpine, testSpine, waitsForLock } from '../../test/spine.ts';
import { forgetParty } from './handles.ts';
import { keepBytes, keptBytes } from './keep.ts';
import { openings, reveal } from './retell.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
});
afterEach(() => spine.close());

const note = (account: string, name: string, on = spine) => on.db.begin('doors', (tx) => nameSomebody(on, tx, account, name));
const handles = () => ask<{ handle: string; party: string }>(spine, "select encode(handle, 'base64') as handle, party from records.handle");
const forget = (account: string) => spine.db.begin('doors', (tx) => forgetParty(tx, account, 'profile'));
const read = (id: string, on = spine) => on.db.begin('doors', (tx) => reveal(on, tx, 'account.noted', id));

test('sixteen first records about one person at once share one handle, and its key opens all of them', async () => {
  const account = randomUUID();
  const noted = await Promise.all(Array.from({ length: 16 }, (_, n) => note(account, `name ${n}`)));
  expect(await handles()).toEqual([{ handle: expect.any(String), party: account }]);
  const names = await Promise.all(noted.map(async ({ record }) => (await read(record.id))?.handle));
  expect(names).toEqual(noted.map((_, n) => `name ${n}`));
});

test('a data key is durable before the transaction that uses it can commit; one that is rolled back leaves a key that nobody means', async () => {
  const account = randomUUID();
  const order: string[] = [];
  const keys = memoryKeyStore();
  const slow = spineOn(spine.url, {
    ...spine,
    keys: { ...keys, create: (handle) => keys.create(handle).then(() => void order.push('key')) },
  });
  await beat(slow);
  await slow.db.begin('doors', async (tx) => {
    await nameSomebody(slow, tx, account, 'somebody');
    tx.afterCommit(() => order.push('commit'));
  });
  expect(order).toEqual(['key', 'commit']);
  await slow.db
    .begin('doors', async (tx) => {
      await nameSomebody(slow, tx, randomUUID(), 'nobody');
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  expect(await Array.fromAsync(keys.handles())).toHaveLength(2);
  expect(await handles()).toHaveLength(1);
  await slow.close();
});

test('where the key cannot be made nothing is written about that person', async () => {
  const broken = spineOn(spine.url, { ...spine, keys: { ...spine.keys, create: () => Promise.reject(new Error('the disk is full')) } });
  await beat(broken);
  await expect(note(randomUUID(), 'somebody', broken)).rejects.toThrow('the disk is full');
  expect(await ask(spine, 'select count(*) from records.record')).toEqual([{ count: 0 }]);
  await broken.close();
});

test('a person has another handle for each purpose, so that nobody joins them in the log', async () => {
  const account = randomUUID();
  await note(account, 'somebody');
  await spine.db.begin('doors', (tx) =>
    keepBytes(spine, tx, { role: 'author', party: account, purpose: 'evidence' }, 'media/a/b', Buffer.of(1)),
  );
  expect(new Set((await handles()).map(({ handle }) => handle)).size).toBe(2);
});

test('an erasure waits for who is writing about that person, and what they wrote becomes unreadable, too', async () => {
  const account = randomUUID();
  await note(account, 'before');
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
  const { promise: written, resolve: wrote } = Promise.withResolvers<string>();
  const writing = spine.db.begin('doors', async (tx) => {
    wrote((await nameSomebody(spine, tx, account, 'meanwhile')).record.id);
    await mayCommit;
  });
  const id = await written;
  const erasing = forget(account);
  expect(await waitsForLock(spine, erasing)).toBe(true);
  commit();
  await writing;
  const handle = (await erasing) as string;
  expect((await read(id))?.handle).toBe('meanwhile');
  await spine.keys.destroy(handle);
  expect(await read(id)).toEqual({ external_id: null, handle: null, language: null, age_band: null });
});

test('who comes back after an erasure is a stranger: another handle, another key, nothing of old is read', async () => {
  const account = randomUUID();
  const before = await note(account, 'before');
  const old = (await forget(account)) as string;
  await spine.keys.destroy(old);
  const after = await note(account, 'after');
  const [row] = await handles();
  expect(row?.handle).not.toBe(old);
  expect(await spine.keys.get(old)).toBeNull();
  expect((await read(before.record.id))?.handle).toBeNull();
  expect((await read(after.record.id))?.handle).toBe('after');
  expect(before.party('account')).toBe(account);
});

test('erasing again, or somebody of whom nothing is known, says that there was nothing', async () => {
  const account = randomUUID();
  await note(account, 'somebody');
  expect(await forget(account)).not.toBeNull();
  expect(await forget(account)).toBeNull();
  expect(await forget(randomUUID())).toBeNull();
});

test('bytes that are kept for a person are encrypted, bound to their place, and gone with the key', async () => {
  const owner = { role: 'author', party: randomUUID(), purpose: 'evidence' } as const;
  const bytes = Buffer.from('a harmless picture');
  await spine.db.begin('doors', (tx) => keepBytes(spine, tx, owner, 'media/a/b', bytes));
  expect(await keptBytes(spine, 'media/a/b')).toEqual(bytes);
  const stored = (await spine.blobs.get('media/a/b')) as Buffer;
  expect(stored.includes('harmless')).toBe(false);
  await spine.blobs.put('media/a/c', stored);
  await expect(keptBytes(spine, 'media/a/c')).rejects.toThrow();
  expect(await keptBytes(spine, 'media/a/d')).toBeNull();
  const handle = (await spine.db.begin('doors', (tx) => forgetParty(tx, owner.party, 'evidence'))) as string;
  await spine.keys.destroy(handle);
  expect(await keptBytes(spine, 'media/a/b')).toBeNull();
});

test('sealed fields cannot be swapped between records', async () => {
  const [one, other] = [await note(randomUUID(), 'one'), await note(randomUUID(), 'other')];
  const moved = spineOn(spine.url, spine);
  const [row] = await ask<{ sealed: Buffer; handle: Buffer }>(
    spine,
    `select sealed, handle from records.confidential where record = '${one.record.id}' and field = '/payload/handle'`,
  );
  const swapped = { field: '/payload/handle', handle: row?.handle as Buffer, sealed: row?.sealed as Buffer };
  expect(await openings(moved, one.record.id, [swapped])).toMatchObject([{ value: 'one' }]);
  await expect(openings(moved, other.record.id, [swapped])).rejects.toThrow();
  await moved.close();
});
