import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { openPromise } from 'yauzl';
import type { ExportSource } from '../export/bag.ts';
import { ExportError } from '../export/failure.ts';

/** An export that holds a file open. */
export interface OpenSource extends ExportSource {
  close(): Promise<void>;
}

// What a reader must know: nothing, folders and deflate, Zip64.
const versions = new Set([10, 20, 45]);
// Bits 1 and 2: how hard it was compressed; 3: streamed; 11: names in UTF-8.
const knownFlags = 0x080e;
const folders = new Set(['', 'data/', 'data/media/']);
const zip64Mark = 0xffff_ffff;

/**
 * Opens a zipped export. Two programs may read one zip differently, so this takes only what all read alike: one top folder, no name twice,
 * plain files, local headers that say what the directory says, no byte between, before or behind.
 * @throws {ExportError} `bad-zip`.
 */
export async function openZip(path: string): Promise<OpenSource> {
  const bad = (name: string, why: string): ExportError => new ExportError('bad-zip', name, null, why);
  const name = basename(path);
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    throw bad(name, `is no zip file: ${error instanceof Error ? error.message : String(error)}`);
  }
  const handle = await open(path);
  const close = async (): Promise<void> => {
    zip.close();
    await handle.close();
  };
  try {
    const entries = await readDirectory(zip, name, handle);
    return {
      list: async () => [...entries.keys()],
      read: (file) => contentOf(zip, file, entries.get(file)),
      close,
    };
  } catch (error) {
    await close();
    if (error instanceof ExportError || !(error instanceof Error)) throw error;
    throw bad(name, `is a broken zip file: ${error.message}`);
  }
}

/** The files by their path in the bag. */
async function readDirectory(zip: ZipFile, name: string, handle: FileHandle): Promise<Map<string, Entry>> {
  const bad = (file: string, why: string): ExportError => new ExportError('bad-zip', file, null, why);
  const directoryStart = cursorOf(zip);
  const all: Entry[] = [];
  for await (const entry of zip.eachEntry()) all.push(entry);
  const directory = Buffer.alloc(zip.fileSize - directoryStart);
  await handle.read(directory, 0, directory.length, directoryStart);
  const why = checkDirectory(directory, all, directoryStart, cursorOf(zip) - directoryStart);
  if (why !== null) throw bad(name, why);

  const files = new Map<string, Entry>();
  const top = all[0]?.fileName.split('/')[0] ?? '';
  for (const entry of all) {
    const { fileName } = entry;
    if (!fileName.startsWith(`${top}/`)) throw bad(fileName, `lies outside of the one top folder ${top}/`);
    if (entry.fileNameRaw.toString() !== fileName || entry.fileComment !== '') throw bad(fileName, 'has a second name or a comment');
    if (!entry.canDecodeFileData()) throw bad(fileName, 'is encrypted or compressed in an unknown way');
    const inBag = fileName.slice(top.length + 1);
    if (!isPlain(entry)) throw bad(fileName, 'is a link or device');
    if (folders.has(inBag)) continue;
    if (inBag.endsWith('/')) throw bad(fileName, 'is no folder of an export');
    if (files.has(inBag)) throw bad(fileName, 'is there twice');
    files.set(inBag, entry);
  }

  let at = 0;
  for (const entry of all.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader !== at)
      throw bad(entry.fileName, 'overlaps another, or bytes lie before it that belong to no file');
    const local = await zip.readLocalFileHeaderPromise(entry);
    const same =
      local.fileName.equals(entry.fileNameRaw) &&
      local.compressionMethod === entry.compressionMethod &&
      local.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
      versions.has(local.versionNeededToExtract) &&
      local.lastModFileDate === entry.lastModFileDate &&
      local.lastModFileTime === entry.lastModFileTime &&
      agrees(local.crc32, entry.crc32, entry) &&
      agrees(local.compressedSize, entry.compressedSize, entry) &&
      agrees(local.uncompressedSize, entry.uncompressedSize, entry);
    if (!same) throw bad(entry.fileName, 'has a local header that differs from the directory');
    at = local.fileDataStart + entry.compressedSize;
    if (isStreamed(entry)) at += await descriptorLength(handle, at, entry);
  }
  if (at !== directoryStart) throw bad(name, 'holds bytes before its directory that belong to no file');
  return files;
}

/**
 * What yauzl passes over in the central directory: fields of an entry with one possible value, and the end records, which must be all that
 * follows. Says what is wrong, or null.
 */
function checkDirectory(bytes: Buffer, entries: readonly Entry[], start: number, length: number): string | null {
  let at = 0;
  for (const entry of entries) {
    const odd =
      !versions.has(entry.versionNeededToExtract) ||
      (entry.generalPurposeBitFlag & ~knownFlags) !== 0 ||
      bytes.readUInt16LE(at + 34) !== 0 ||
      entry.internalFileAttributes > 1;
    if (odd) return `has an odd directory entry for ${entry.fileName}`;
    at += 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
  }
  const end = bytes.subarray(length);
  const count = BigInt(entries.length);
  if (end.length === 22) {
    return end.equals(record('504b0506', [2, 0n], [2, 0n], [2, count], [2, count], [4, BigInt(length)], [4, BigInt(start)], [2, 0n]))
      ? null
      : 'has an end record that differs from its directory';
  }
  if (end.length !== 98) return 'holds bytes behind its directory';
  const [big, offset] = [BigInt(length), BigInt(start)];
  const writer = end.subarray(12, 16).readUInt32LE();
  const zip64 = record('504b0606', [8, 44n], [4, BigInt(writer)], [4, 0n], [4, 0n], [8, count], [8, count], [8, big], [8, offset]);
  const locator = record('504b0607', [4, 0n], [8, offset + big], [4, 1n]);
  const last = end.subarray(76);
  // Each field of the last record is the number itself or, where it does not fit, all ones.
  const fits = ([at, width, value]: readonly [number, number, bigint]): boolean => {
    const found = BigInt(last.readUIntLE(at, width));
    return found === value || found === 2n ** BigInt(8 * width) - 1n;
  };
  const fields = [
    [4, 2, 0n],
    [6, 2, 0n],
    [8, 2, count],
    [10, 2, count],
    [12, 4, big],
    [16, 4, offset],
  ] as const;
  const whole = Buffer.concat([zip64, locator]).equals(end.subarray(0, 76)) && fields.every(fits) && last.readUInt16LE(20) === 0;
  return whole ? null : 'has end records that differ from its directory';
}

/** A record of a zip: signature in hex, then fields of so many bytes, little-endian. */
function record(signature: string, ...fields: readonly (readonly [number, bigint])[]): Buffer {
  const parts = fields.map(([width, value]) => {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(value);
    return part.subarray(0, width);
  });
  return Buffer.concat([Buffer.from(signature, 'hex'), ...parts]);
}

async function* contentOf(zip: ZipFile, file: string, entry: Entry | undefined): AsyncGenerator<Uint8Array, void> {
  if (entry === undefined) throw new ExportError('missing-file', file, null, 'is missing');
  let crc = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      crc = crc32(chunk as Buffer, crc);
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof ExportError || !(error instanceof Error)) throw error;
    throw new ExportError('bad-zip', file, null, `cannot be unpacked: ${error.message}`);
  }
  if (crc !== entry.crc32) throw new ExportError('bad-zip', file, null, 'does not have the CRC-32 that the zip directory gives');
}

/** Written without knowing its size beforehand: header fields are 0 and a data descriptor follows. */
const isStreamed = (entry: Entry): boolean => (entry.generalPurposeBitFlag & 0x08) !== 0;

const agrees = (local: number, central: number, entry: Entry): boolean =>
  local === central || local === zip64Mark || (isStreamed(entry) && local === 0);

/** Bytes of the data descriptor at this place: with or without signature, sizes of 4 or 8 bytes. */
async function descriptorLength(handle: FileHandle, at: number, entry: Entry): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(24), 0, 24, at);
  const found = buffer.subarray(0, bytesRead);
  const small = entry.compressedSize < zip64Mark && entry.uncompressedSize < zip64Mark;
  const sizes = [BigInt(entry.compressedSize), BigInt(entry.uncompressedSize)] as const;
  for (const signature of ['504b0708', '']) {
    for (const width of small ? [8, 4] : [8]) {
      const expected = record(signature, [4, BigInt(entry.crc32)], [width, sizes[0]], [width, sizes[1]]);
      if (found.subarray(0, expected.length).equals(expected)) return expected.length;
    }
  }
  throw new ExportError('bad-zip', entry.fileName, null, 'has a data descriptor that differs from the directory');
}

/** A file or folder by its Unix mode, where it has one. */
function isPlain(entry: Entry): boolean {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  return type === 0 || type === 0o100000 || (type === 0o040000 && entry.fileName.endsWith('/'));
}

// yauzl's types call this number a boolean.
const cursorOf = (zip: ZipFile): number => zip.readEntryCursor as unknown as number;
