import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { BagContent } from './export-fixture.ts';

/** Writes a bag as the zip of an export: one top folder; what lies in `data/` streamed, with its size behind it. */
export async function writeZip(bag: BagContent, path: string, { top = 'export', compress = true } = {}): Promise<void> {
  const zip = new ZipFile();
  const mtime = new Date('2026-11-24T04:00:00Z');
  for (const [file, bytes] of bag) {
    const name = top === '' ? file : `${top}/${file}`;
    if (file.startsWith('data/')) zip.addReadStream(Readable.from([bytes]), name, { compress, mtime });
    else zip.addBuffer(Buffer.from(bytes), name, { compress, mtime });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
