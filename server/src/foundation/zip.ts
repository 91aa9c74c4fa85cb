import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A text that grows on disk until the zip takes it. */
export interface Draft {
  /** Bytes written so far. */
  readonly size: number;
  write(chunk: string | Uint8Array): Promise<void>;
  read(): AsyncIterable<Buffer>;
}

export interface Added {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** Writes a zip (Zip64 where it grows past 4 GiB), one file after the other, in bounded memory. Nothing lies at its path until it is whole. */
export interface ZipWriter {
  /** Adds a file below the top folder and says what was written. */
  add(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Added>;
  drafts<Name extends string>(names: readonly Name[]): Promise<Record<Name, Draft>>;
  readFile(url: URL): Promise<Buffer>;
  /** Ends the zip and gives it its name. */
  close(): Promise<void>;
  /** Takes everything away that was begun. */
  abort(): Promise<void>;
}

/** @param path of the zip; its name without `.zip` is the one top folder. */
export async function createZip(path: string, mtime: Date): Promise<ZipWriter> {
  const zip = new ZipFile();
  const top = basename(path).replace(/\.zip$/i, '');
  const part = `${path}.part`;
  const written = pipeline(zip.outputStream, createWriteStream(part));
  // Reported by `close`; until then nobody awaits it.
  written.catch(() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'perisai-export-'));
  return {
    async add(name, chunks) {
      const hash = createHash('sha256');
      let size = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          size += chunk.length;
          done(null, chunk);
        },
      });
      const ended = new Promise<void>((resolve, reject) => counted.on('end', resolve).on('error', reject));
      zip.addReadStream(counted, `${top}/${name}`, { compress: true, mtime, forceDosTimestamp: true });
      await Promise.all([pipeline(Readable.from(chunks), counted), ended, Promise.race([ended, written])]);
      return { path: name, sha256: hash.digest('hex'), size };
    },
    async drafts(names) {
      return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await draft(join(folder, name))] as const))) as Record<
        (typeof names)[number],
        Draft
      >;
    },
    readFile: (url) => readFile(url),
    async close() {
      zip.end();
      await written;
      await rename(part, path);
      await rm(folder, { recursive: true, force: true });
    },
    async abort() {
      zip.outputStream.emit('error', new Error('aborted'));
      await written.catch(() => undefined);
      await rm(part, { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const flushAt = 256 * 1024;

async function draft(path: string): Promise<Draft> {
  const file = await open(path, 'wx', 0o600);
  let waiting: Uint8Array[] = [];
  let held = 0;
  let size = 0;
  const flush = async () => {
    await file.writev(waiting);
    waiting = [];
    held = 0;
  };
  return {
    get size() {
      return size;
    },
    async write(chunk) {
      const bytes = Buffer.from(chunk);
      waiting.push(bytes);
      held += bytes.length;
      size += bytes.length;
      if (held >= flushAt) await flush();
    },
    async *read() {
      if (held > 0) await flush();
      await file.close();
      yield* createReadStream(path);
    },
  };
}
