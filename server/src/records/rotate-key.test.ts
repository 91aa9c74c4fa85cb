import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLogKey, logSigner, openCheckpoint, signCheckpoint, verifyExport } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openZip } from '../../../packages/log/src/bin/zip.ts';
import { expectOneTree } from '../../test/log.ts';
import { ask, sayAlone, spineOn, type TestSpine, testSpine } from '../../test/spine.ts';
import { exportTo } from '../cli/export.ts';
import { checkpointPath } from './anchor.ts';
import { append } from './append.ts';
import { becomeSequencer } from './leaf.sql.ts';
import { rotateKey } from './rotate-key.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
let later: TestSpine;
const next = logSigner(generateLogKey('demo/test').skey);
const outside = async () => ((await spine.blobs.get(checkpointPath)) as Buffer).toString();
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
  const { vkey } = spine.signer;
  await spine.db.begin('doors', (tx) => append(spine, tx, { kind: 'log.key-announced', service: 'perisai', payload: { vkey } }));
  await sayAlone(spine, 4);
  await beat(spine);
  later = spineOn(spine.url, { blobs: spine.blobs, keys: spine.keys, signer: next });
});
afterEach(async () => {
  await later.close();
  await spine.close();
});

test('a new key is announced in the log under the old one, and then goes on with the same tree', async () => {
  await rotateKey(spine, 'perisai', next);
  const note = await outside();
  const sealedByOld = openCheckpoint(note, spine.signer.vkey);
  const [, announced] = await ask<{ index: number; line: string }>(
    spine,
    "select l.index, r.line from records.record r join records.leaf l on l.record = r.id where r.kind = 'log.key-announced' order by l.index",
  );
  expect(JSON.parse(announced?.line ?? '').payload).toEqual({ vkey: next.vkey });
  expect(announced?.index).toBeLessThan(sealedByOld.size);
  expect(openCheckpoint(note, next.vkey)).toEqual(sealedByOld);

  await beat(later);
  expect(later.gate.open).toBe(true);
  await sayAlone(later, 300);
  await beat(later);
  expect(() => openCheckpoint(note, next.vkey)).not.toThrow();
  expect(openCheckpoint(await outside(), next.vkey).size).toBe(306);
  await expectOneTree(later, [spine.signer.vkey, next.vkey]);
});

test('who still has the old key cannot seal once the new one has', async () => {
  await rotateKey(spine, 'perisai', next);
  await beat(later);
  await sayAlone(later);
  await beat(later);
  expect(await beat(spine)).toMatchObject({ mine: false });
  await expect(sayAlone(spine)).rejects.toMatchObject({ code: 'log-refuses' });
});

test('a key that was never handed over is refused', async () => {
  expect(await beat(later)).toMatchObject({ mine: false });
  expect(later.gate.open).toBe(false);
});

test('a rotation that dies half way is done again, with one announcement, and the old key goes on meanwhile', async () => {
  const broken = spineOn(spine.url, { blobs: spine.blobs, signer: spine.signer });
  await beat(broken);
  const put = spine.blobs.put;
  let puts = 0;
  const dying = {
    ...broken,
    blobs: {
      ...spine.blobs,
      put: async (path: string, bytes: Buffer) => {
        if (path === checkpointPath && ++puts === 2) throw new Error('died');
        await put(path, bytes);
      },
    },
  };
  await expect(rotateKey(dying, 'perisai', next)).rejects.toThrow('died');
  await sayAlone(spine);
  await beat(spine);
  await rotateKey(spine, 'perisai', next);
  await rotateKey(spine, 'perisai', next);
  expect(await ask(spine, "select count(*) from records.record where kind = 'log.key-announced'")).toEqual([{ count: 2 }]);
  await beat(later);
  expect(later.gate.open).toBe(true);
  await broken.close();
});

test('while another process is the sequencer the key stays', async () => {
  const before = await outside();
  await spine.db.begin('spine', async (tx) => {
    await becomeSequencer(tx);
    const other = spineOn(spine.url, { blobs: spine.blobs, signer: spine.signer });
    await beat(other);
    await expect(rotateKey(other, 'perisai', next)).rejects.toThrow('Another process seals this log');
    await other.close();
  });
  expect(await outside()).toBe(before);
});

test('an export after the rotation shows that it continues a checkpoint of the old key', async () => {
  const since = await outside();
  await rotateKey(spine, 'perisai', next);
  await beat(later);
  await sayAlone(later, 9);
  await beat(later);
  const folder = await mkdtemp(join(tmpdir(), 'perisai-rotate-test-'));
  const path = join(folder, 'export.zip');
  await exportTo(later, path, { since });
  const zip = await openZip(path);
  expect(await verifyExport(zip, { vkey: next.vkey })).toMatchObject({ oldSize: 5, size: 15 });
  await zip.close();
  const stranger = logSigner(generateLogKey('demo/test').skey);
  const foreign = await signCheckpoint(openCheckpoint(since, spine.signer.vkey), stranger);
  await expect(exportTo(later, path, { since: foreign })).rejects.toThrow('no key that this log ever announced');
  await rm(folder, { recursive: true });
});
