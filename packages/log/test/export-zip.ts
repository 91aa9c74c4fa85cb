import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { BagContent } from './export-fixture.ts';

/** Writes a bag as the zip of an export: one top folder. */
export async function writeZip(bag: BagContent, path: string, { top = 'export', compress = true } = {}): Promise<void> {
  const zip = new ZipFile();
  const mtime = new Date('2026-11-24T04:00:00Z');
  for (const [file, bytes] of bag) zip.addBuffer(Buffer.from(bytes), top === '' ? file : `${top}/${file}`, { compress, mtime });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
