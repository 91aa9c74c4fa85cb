import { nodeHash } from './merkle.ts';

/** Hashes in a full tile, records in a full bundle: C2SP tlog-tiles, height 8. */
export const tileWidth = 256;
/** Bytes of a hash. */
const hashSize = 32;
/** The longest record a bundle can hold: its length stands in 16 bits. */
export const maxRecordBytes = 65_535;

/**
 * Where the tile `index` of a level lies, C2SP tlog-tiles: `tile/0/x001/234`, partial ones with their width: `tile/0/x001/234.p/5`.
 * @param width hashes in it, 1 to 256.
 */
export function tilePath(level: number, index: number, width: number = tileWidth): string {
  return `tile/${level}/${place(index, width)}`;
}

/** Where the bundle of the records `index * 256` and following lies: `tile/entries/x001/234.p/5`. */
export function bundlePath(index: number, width: number = tileWidth): string {
  return `tile/entries/${place(index, width)}`;
}

function place(index: number, width: number): string {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`a tile has no index ${index}`);
  if (!Number.isInteger(width) || width < 1 || width > tileWidth) throw new RangeError(`a tile has no width ${width}`);
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  return width === tileWidth ? path : `${path}.p/${width}`;
}

/** The tile's bytes: its hashes, one after the other. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashSize);
  hashes.forEach((hash, i) => {
    if (hash.length !== hashSize) throw new RangeError(`a hash has ${hashSize} bytes, not ${hash.length}`);
    bytes.set(hash, i * hashSize);
  });
  return bytes;
}

/** The first `width` hashes of a tile. @throws {RangeError} where the tile is shorter. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length < width * hashSize || bytes.length % hashSize !== 0)
    throw new RangeError(`a tile of ${width} hashes cannot be ${bytes.length} bytes`);
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashSize, (i + 1) * hashSize));
}

/** All complete nodes over a tile's hashes: layer 0 is the hashes, layer k holds the roots of 2^k of them; a full tile has layer 8, its root. */
export function tileLayers(hashes: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  const layers = [hashes];
  for (let below = hashes; below.length > 1; ) {
    const layer: Uint8Array[] = [];
    for (let i = 0; i + 1 < below.length; i += 2) layer.push(nodeHash(below[i] as Uint8Array, below[i + 1] as Uint8Array));
    layers.push(layer);
    below = layer;
  }
  return layers;
}

/** The bundle of up to 256 records: each behind its length in two bytes, big-endian. @throws {RangeError} for a record over 65,535 bytes. */
export function encodeBundle(records: readonly Uint8Array[]): Uint8Array {
  if (records.length > tileWidth) throw new RangeError(`a bundle holds ${tileWidth} records, not ${records.length}`);
  const bytes = Buffer.alloc(records.reduce((sum, record) => sum + 2 + record.length, 0));
  let at = 0;
  for (const record of records) {
    if (record.length > maxRecordBytes) throw new RangeError(`a record has at most ${maxRecordBytes} bytes, not ${record.length}`);
    at = bytes.writeUInt16BE(record.length, at);
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

/** The records of a bundle. @throws {RangeError} where it ends within a record or holds more than 256. */
export function decodeBundle(bytes: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 2;
    at = start + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
    if (at > bytes.length || start > bytes.length) throw new RangeError(`the bundle ends within record ${records.length}`);
    records.push(bytes.subarray(start, at));
  }
  if (records.length > tileWidth) throw new RangeError(`a bundle holds ${tileWidth} records, not ${records.length}`);
  return records;
}
