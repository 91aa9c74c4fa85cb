import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alive, identify, type ProcessIdentity } from '../db/process-identity.ts';
import { draftIn, makeFolder, replaceFile, syncFolder } from '../durable-files.ts';
import type { Log } from '../log.ts';
import { systemRandomness } from '../randomness.ts';
import { HandleIndex, type Place } from './handle-index.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { LONGEST_ROW, parseRow, parseSegment, type Row, rowText } from './key-segment.ts';
import { checkHandle, KeyExists, type KeyStore } from './key-store.ts';

export interface DiskKeyStoreOptions {
  folder: string;
  encryption: KeyEncryption;
  log: Log;
  /** Rows of a segment; erasing one key rewrites one segment. */
  rowsPerSegment?: number;
  /** Unwrapped data keys kept in memory. */
  cached?: number;
  /** For a second process beside the one that writes: sees the keys that there were when it opened. */
  readOnly?: boolean;
}

/** Another process writes this store. */
export class KeyStoreTaken extends Error {
  override readonly name = 'KeyStoreTaken';
}

interface Segment {
  number: number;
  path: string;
  file: FileHandle;
  rows: number;
  bytes: number;
}

interface Creation {
  handle: string;
  line: string;
  dataKey: Buffer;
  done(): void;
  failed(error: unknown): void;
}

interface Destruction {
  handle: string;
  done(was: boolean): void;
  failed(error: unknown): void;
}

const SEGMENT = /^(\d{8})\.keys$/;

/**
 * Keys in append-only segments, `00000001.keys` and so on. One writer loop takes everything that waits and makes it durable with one
 * `fdatasync`: many concurrent creations cost hardly more than one.
 *
 * A crash leaves a torn end, of which no creation had resolved: opening drops it (beside, in `*.torn`). A row that is damaged in a segment
 * that was full long ago is no such thing, and opening refuses. A key is destroyed by writing its segment anew without it and renaming.
 */
export async function openDiskKeyStore(options: DiskKeyStoreOptions): Promise<KeyStore> {
  const { folder } = options;
  await makeFolder(folder);
  if (!options.readOnly) await takeLock(folder);
  const store = new DiskKeyStore(options);
  try {
    await store.load();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

class DiskKeyStore implements KeyStore {
  readonly #folder: string;
  readonly #encryption: KeyEncryption;
  readonly #log: Log;
  readonly #rowsPerSegment: number;
  readonly #cacheSize: number;
  readonly #readOnly: boolean;
  readonly #segments = new Map<number, Segment>();
  readonly #index = new HandleIndex();
  readonly #cache = new Map<string, Buffer>();
  readonly #creating = new Set<string>();
  #creations: Creation[] = [];
  #destructions: Destruction[] = [];
  #writing: Promise<void> | undefined;
  #refusal: string | undefined;

  constructor({ folder, encryption, log, rowsPerSegment = 65_536, cached = 10_000, readOnly = false }: DiskKeyStoreOptions) {
    this.#folder = folder;
    this.#encryption = encryption;
    this.#log = log;
    this.#rowsPerSegment = rowsPerSegment;
    this.#cacheSize = cached;
    this.#readOnly = readOnly;
    if (readOnly) this.#refusal = 'This key store was opened for reading only.';
  }

  async load(): Promise<void> {
    const names = await readdir(this.#folder);
    // drafts of a segment that was being rewritten when the process was killed: the old one still holds
    if (!this.#readOnly) for (const name of names.filter((entry) => /^\d+-[0-9a-f-]{36}$/.test(entry))) await rm(join(this.#folder, name));
    const numbers = names.flatMap((name) => SEGMENT.exec(name)?.[1] ?? []).map(Number);
    const last = Math.max(...numbers);
    for (const number of numbers.sort((a, b) => a - b)) await this.#loadSegment(number, number === last);
  }

  async #loadSegment(number: number, newest: boolean): Promise<void> {
    const path = this.#path(number);
    const bytes = await readFile(path);
    const { rows, torn } = parseSegment(bytes);
    if (torn.length > 0) {
      if (!newest) throw new Error(`${path} is damaged at byte ${torn[0]?.offset}: bring the key store back from its backup.`);
      this.#log.warn({ segment: path, rows: torn.length }, 'the key store drops what was being written when the process was killed');
      if (!this.#readOnly) {
        await writeFile(
          `${path}.${Date.now()}.torn`,
          Buffer.concat(torn.map(({ offset, length }) => bytes.subarray(offset, offset + length))),
          { mode: 0o600 },
        );
        await this.#write(path, rows);
        return this.#loadSegment(number, newest);
      }
    }
    const file = await open(path, this.#readOnly ? 'r' : 'r+');
    this.#segments.set(number, { number, path, file, rows: rows.length, bytes: bytes.length });
    for (const { handle, offset } of rows) this.#index.add(Buffer.from(handle, 'base64'), { segment: number, offset });
  }

  async create(handle: string): Promise<void> {
    checkHandle(handle);
    this.#refuse();
    if (this.#creating.has(handle)) throw new KeyExists(`The handle ${handle} has a key.`);
    this.#creating.add(handle);
    try {
      if ((await this.#find(handle)) !== null) throw new KeyExists(`The handle ${handle} has a key.`);
      const dataKey = systemRandomness.bytes(32);
      const line = rowText(handle, await this.#encryption.wrap(dataKey));
      if (line.length >= LONGEST_ROW) throw new TypeError('The key encryption wraps into more than 1,000 bytes.');
      this.#refuse();
      await new Promise<void>((done, failed) => {
        this.#creations.push({ handle, line, dataKey, done, failed });
        this.#wake();
      });
    } finally {
      this.#creating.delete(handle);
    }
  }

  async get(handle: string): Promise<Buffer | null> {
    checkHandle(handle);
    const cached = this.#cache.get(handle);
    if (cached !== undefined) {
      this.#remember(handle, cached);
      return cached;
    }
    const found = await this.#find(handle);
    if (found === null) return null;
    const dataKey = await this.#encryption.unwrap(found.row.wrapped);
    // it may have been destroyed meanwhile: then it must not stay in memory
    const still = this.#index.candidates(Buffer.from(handle, 'base64')).length > 0;
    if (still) this.#remember(handle, dataKey);
    return dataKey;
  }

  async destroy(handle: string): Promise<boolean> {
    checkHandle(handle);
    this.#refuse();
    return new Promise<boolean>((done, failed) => {
      this.#destructions.push({ handle, done, failed });
      this.#wake();
    });
  }

  async *handles(): AsyncIterable<string> {
    for (const number of [...this.#segments.keys()]) {
      for (const { handle } of parseSegment(await readFile(this.#path(number))).rows) yield handle;
    }
  }

  async close(): Promise<void> {
    const wasWriter = !this.#readOnly;
    while (this.#writing !== undefined) await this.#writing;
    this.#refusal ??= 'This key store is closed.';
    for (const { file } of this.#segments.values()) await file.close();
    this.#segments.clear();
    this.#cache.clear();
    if (wasWriter) await rm(join(this.#folder, 'lock'), { force: true });
  }

  #refuse(): void {
    if (this.#refusal !== undefined) throw new Error(this.#refusal);
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(8, '0')}.keys`);
  }

  #remember(handle: string, dataKey: Buffer): void {
    this.#cache.delete(handle);
    this.#cache.set(handle, dataKey);
    if (this.#cache.size <= this.#cacheSize) return;
    const [oldest] = this.#cache.keys();
    if (oldest !== undefined) this.#cache.delete(oldest);
  }

  async #find(handle: string): Promise<{ row: Row; place: Place } | null> {
    // all reads begin before anything is awaited: a rewriting changes file and places at once, and closes the old file after them
    const reads = this.#index.candidates(Buffer.from(handle, 'base64')).map((place) => this.#read(place));
    for (const found of await Promise.all(reads)) if (found.row.handle === handle) return found;
    return null;
  }

  async #read(place: Place): Promise<{ row: Row; place: Place }> {
    const segment = this.#segments.get(place.segment);
    if (segment === undefined) throw new Error('This key store is closed.');
    const { buffer, bytesRead } = await segment.file.read(Buffer.alloc(LONGEST_ROW), 0, LONGEST_ROW, place.offset);
    const row = parseRow(buffer.toString('latin1', 0, buffer.subarray(0, bytesRead).indexOf(0x0a)), place.offset);
    if (row === null) throw new Error(`${segment.path} is damaged at byte ${place.offset}: bring the key store back from its backup.`);
    return { row, place };
  }

  /** The one writer. What comes while it writes waits for its next turn, together. */
  #wake(): void {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
      if (this.#creations.length + this.#destructions.length > 0) this.#wake();
    });
  }

  async #drain(): Promise<void> {
    while (this.#creations.length + this.#destructions.length > 0) {
      const creations = this.#creations.splice(0);
      const destructions = this.#destructions.splice(0);
      try {
        for (let at = 0; at < creations.length; ) at += await this.#append(creations.slice(at));
        await this.#erase(destructions);
      } catch (error) {
        // after a failed write nobody knows what the disk holds (a second fdatasync may report success): only opening anew tells
        this.#refusal = 'The key store could not write and takes nothing until it is opened again.';
        this.#log.error({ code: (error as NodeJS.ErrnoException).code }, 'the key store could not write');
        for (const { failed } of [...creations, ...destructions, ...this.#creations.splice(0), ...this.#destructions.splice(0)])
          failed(error);
      }
    }
  }

  /** Writes as many rows as the newest segment takes, durably. @returns how many */
  async #append(creations: Creation[]): Promise<number> {
    const segment = await this.#newest();
    const batch = creations.slice(0, this.#rowsPerSegment - segment.rows);
    const bytes = Buffer.from(batch.map(({ line }) => `${line}\n`).join(''), 'latin1');
    await segment.file.write(bytes, 0, bytes.length, segment.bytes);
    await segment.file.datasync();
    for (const { handle, line, dataKey, done } of batch) {
      this.#index.add(Buffer.from(handle, 'base64'), { segment: segment.number, offset: segment.bytes });
      segment.bytes += line.length + 1;
      segment.rows += 1;
      this.#remember(handle, dataKey);
      done();
    }
    return batch.length;
  }

  async #newest(): Promise<Segment> {
    const number = Math.max(0, ...this.#segments.keys());
    const newest = this.#segments.get(number);
    if (newest !== undefined && newest.rows < this.#rowsPerSegment) return newest;
    const path = this.#path(number + 1);
    const segment = { number: number + 1, path, file: await open(path, 'wx+', 0o600), rows: 0, bytes: 0 };
    this.#segments.set(segment.number, segment);
    await syncFolder(this.#folder);
    return segment;
  }

  async #erase(destructions: Destruction[]): Promise<void> {
    const bySegment = new Map<number, Set<string>>();
    const found = new Set<string>();
    for (const { handle } of destructions) {
      const place = (await this.#find(handle))?.place;
      if (place === undefined) continue;
      found.add(handle);
      bySegment.set(place.segment, (bySegment.get(place.segment) ?? new Set()).add(handle));
    }
    for (const [number, handles] of bySegment) await this.#rewrite(number, handles);
    for (const { handle, done } of destructions) done(found.delete(handle));
  }

  async #rewrite(number: number, without: Set<string>): Promise<void> {
    const segment = this.#segments.get(number);
    if (segment === undefined) return;
    const { rows } = parseSegment(await readFile(segment.path));
    const kept = rows.filter(({ handle }) => !without.has(handle));
    await this.#write(segment.path, kept);
    const [old, file] = [segment.file, await open(segment.path, 'r+')];
    // from here to the end nothing is awaited: whoever reads sees old file and old places, or new ones
    let offset = 0;
    for (const row of rows) {
      const gone = without.has(row.handle);
      this.#index.move(Buffer.from(row.handle, 'base64'), { segment: number, offset: row.offset }, gone ? null : offset);
      if (gone) this.#cache.delete(row.handle);
      else offset += row.line.length + 1;
    }
    Object.assign(segment, { file, rows: kept.length, bytes: offset });
    await old.close();
  }

  async #write(path: string, rows: Row[]): Promise<void> {
    const text = rows.map(({ line }) => `${line}\n`).join('');
    await replaceFile(path, draftIn(this.#folder, randomUUID()), (file) => file.writeFile(text, 'latin1'));
  }
}

/** One writer a folder: two would write over each other. A dead one's lock is taken over. */
async function takeLock(folder: string): Promise<void> {
  const path = join(folder, 'lock');
  const ourselves = JSON.stringify(identify(process.pid) ?? { pid: process.pid, since: '' });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(path, ourselves, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(path);
    if (holder !== null && alive(holder))
      throw new KeyStoreTaken(
        `The key store ${folder} is in use by process ${holder.pid}, and only one process may write it: stop that one first.`,
      );
    await rm(path, { force: true });
  }
  throw new KeyStoreTaken(`The key store ${folder} was taken by another process at this very moment: try again.`);
}

/** Null for a lock whose writer was killed before it wrote its number. */
async function readHolder(path: string): Promise<ProcessIdentity | null> {
  const text = await readFile(path, 'utf8');
  return text.endsWith('}') ? (JSON.parse(text) as ProcessIdentity) : null;
}
