import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyDatabase } from '../../test/database.ts';
import { memoryKeyStore } from '../../test/memory-key-store.ts';
import { ask, nameSomebody, sayAlone, spineOn, type TestSpine, testSpine } from '../../test/spine.ts';
import type { KeyStore } from '../foundation/keys/key-store.ts';
import { append } from './append.ts';
import { forgetParty } from './handles.ts';
import { replayErasures } from './replay-erasures.ts';
import { reveal } from './retell.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
});
afterEach(() => spine.close());

/** Noted, sealed, and (where asked) erased. @returns the record that names them, and their handle */
async function somebody(name: string): Promise<{ id: string; account: string; handle: string }> {
  const account = randomUUID();
  const { record } = await spine.db.begin('doors', (tx) => nameSomebody(spine, tx, account, name));
  const [row] = await ask<{ handle: string }>(
    spine,
    `select encode(handle, 'base64') as handle from records.handle where party = '${account}'`,
  );
  return { id: record.id, account, handle: row?.handle ?? '' };
}

async function erase({ account }: { account: string }): Promise<void> {
  await spine.db.begin('doors', async (tx) => {
    const handle = (await forgetParty(tx, account, 'profile')) as string;
    await append(spine, tx, { kind: 'party.erased', service: 'warung', payload: { handle, purpose: 'profile' } });
  });
}

/** The key store as its backup has it: with the keys of now, whatever is destroyed later. */
async function backupOfKeys(): Promise<KeyStore> {
  const copy = new Map<string, Buffer>();
  for await (const handle of spine.keys.handles()) copy.set(handle, (await spine.keys.get(handle)) as Buffer);
  const store = memoryKeyStore();
  return { ...store, get: async (handle) => copy.get(handle) ?? null, destroy: async (handle) => copy.delete(handle) };
}

test('a key store that is restored from before an erasure loses the key again, and no other', async () => {
  const [gone, stays] = [await somebody('gone'), await somebody('stays')];
  const keys = await backupOfKeys();
  await erase(gone);
  await spine.keys.destroy(gone.handle);
  const restored = spineOn(spine.url, { ...spine, keys });
  const read = (id: string) => restored.db.begin('doors', (tx) => reveal(restored, tx, 'account.noted', id));
  expect((await read(gone.id))?.handle).toBe('gone');
  expect(await replayErasures(restored)).toBe(1);
  expect((await read(gone.id))?.handle).toBeNull();
  expect((await read(stays.id))?.handle).toBe('stays');
  expect(await replayErasures(restored)).toBe(0);
  await restored.close();
});

test('also where the database is older than the erasure, which then stands in the leaves outside it', async () => {
  const gone = await somebody('gone');
  await beat(spine);
  const keys = await backupOfKeys();
  const backup = await copyDatabase(spine.url);
  await erase(gone);
  await sayAlone(spine, 300);
  await beat(spine);
  const restored = spineOn(backup.url, { blobs: spine.blobs, signer: spine.signer, keys });
  await beat(restored);
  expect(restored.gate.open).toBe(false);
  expect(await replayErasures(restored)).toBe(1);
  expect((await restored.db.begin('doors', (tx) => reveal(restored, tx, 'account.noted', gone.id)))?.handle).toBeNull();
  await restored.close();
  await backup.drop();
});

test('an erasure whose subscriber never ran is carried out at the start', async () => {
  const gone = await somebody('gone');
  await erase(gone);
  expect(await spine.keys.get(gone.handle)).not.toBeNull();
  expect(await replayErasures(spine)).toBe(1);
  expect(await spine.keys.get(gone.handle)).toBeNull();
});

test('more erasures than are read at once are all replayed', async () => {
  const destroyed: string[] = [];
  const erased: string[] = [];
  for (let n = 0; n < 4; n += 1)
    await spine.db.begin('doors', async (tx) => {
      for (let m = 0; m < 260; m += 1) {
        const handle = spine.random.bytes(16).toString('base64');
        erased.push(handle);
        await append(spine, tx, { kind: 'party.erased', service: 'warung', payload: { handle, purpose: 'profile' } });
      }
    });
  const keys = { ...spine.keys, destroy: async (handle: string) => destroyed.push(handle) > 0 };
  expect(await replayErasures({ ...spine, keys })).toBe(1040);
  expect(destroyed.sort()).toEqual(erased.sort());
});
