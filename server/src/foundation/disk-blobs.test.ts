import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blobsConformance } from '../../test/blobs-conformance.ts';
import { memoryBlobs } from '../../test/memory-blobs.ts';
import { openDiskBlobs } from './disk-blobs.ts';

const folder = () => mkdtemp(join(tmpdir(), 'perisai-blobs-'));

blobsConformance('on disk', async () => {
  const root = await folder();
  return { blobs: await openDiskBlobs(root), remove: () => rm(root, { recursive: true }) };
});

blobsConformance('in memory', async () => ({ blobs: memoryBlobs(), remove: async () => undefined }));

it('blobs on disk are readable by their owner only, last over a new opening and leave no drafts', async () => {
  const root = await folder();
  await (await openDiskBlobs(root)).put('a/b', Buffer.from('1'));
  expect((await stat(join(root, 'a/b'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(root, 'a'))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(root, '.drafts'))).toEqual([]);
  expect(String(await (await openDiskBlobs(root)).get('a/b'))).toBe('1');
  await rm(root, { recursive: true });
});
