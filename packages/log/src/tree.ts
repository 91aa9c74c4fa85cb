import { emptyRoot, isTreeSize, nodeHash, splitPoint } from './merkle.ts';
import { decodeTile, tileLayers, tilePath, tileWidth } from './tile.ts';

/**
 * Hands in a file of the log by its C2SP path; `undefined` where there is none. What was once there must not change: a partial tile may
 * be taken away when the full one is there.
 */
export type Read = (path: string) => Promise<Uint8Array | undefined>;

/** A tile that the tree should have was not there. */
export class MissingTileError extends Error {
  override readonly name = 'MissingTileError';
  readonly path: string;
  constructor(path: string) {
    super(`the tile ${path} is missing`);
    this.path = path;
  }
}

// 64 tiles of 511 nodes are some 4 MB, and proofs in ascending order never need more than the right edge and one path.
const keptTiles = 64;

/**
 * A tree of a fixed size, read from its tiles. Keeps the tiles it read last, so that a million proofs in ascending order read each tile
 * once; a single cold proof in a tree of a million leaves reads at most six.
 */
export class Tree {
  readonly size: number;
  readonly #read: Read;
  readonly #tiles = new Map<string, Promise<(readonly Uint8Array[])[]>>();

  constructor(size: number, read: Read) {
    if (!isTreeSize(size)) throw new RangeError(`a tree has no size ${size}`);
    this.size = size;
    this.#read = read;
  }

  /** The root hash. */
  root(): Promise<Uint8Array> {
    return this.size === 0 ? Promise.resolve(emptyRoot) : this.#range(0, this.size);
  }

  /** The inclusion proof of the leaf at `index`, RFC 9162 §2.1.3.1: siblings from the leaf upwards. */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    if (!isTreeSize(index) || index >= this.size) throw new RangeError(`a tree of ${this.size} leaves has none at ${index}`);
    const proof: Uint8Array[] = [];
    for (let start = 0, end = this.size; end - start > 1; ) {
      const middle = start + splitPoint(end - start);
      proof.push(await (index < middle ? this.#range(middle, end) : this.#range(start, middle)));
      if (index < middle) end = middle;
      else start = middle;
    }
    return proof.reverse();
  }

  /** The proof that the tree of `oldSize` leaves is the beginning of this one, RFC 9162 §2.1.4.1; empty for sizes 0 and this. */
  async consistencyProof(oldSize: number): Promise<Uint8Array[]> {
    if (!isTreeSize(oldSize) || oldSize > this.size) throw new RangeError(`a tree of ${this.size} leaves was never one of ${oldSize}`);
    const proof: Uint8Array[] = [];
    if (oldSize === 0) return proof;
    let start = 0;
    let end = this.size;
    while (oldSize !== end) {
      const middle = start + splitPoint(end - start);
      proof.push(await (oldSize <= middle ? this.#range(middle, end) : this.#range(start, middle)));
      if (oldSize <= middle) end = middle;
      else start = middle;
    }
    // Where the old tree ends as one whole subtree from the left, its root is known to whoever holds the old checkpoint.
    if (start !== 0) proof.push(await this.#range(start, end));
    return proof.reverse();
  }

  /** Root of the leaves from `start` (a multiple of the next power of two) up to `end`. */
  async #range(start: number, end: number): Promise<Uint8Array> {
    const width = end - start;
    const level = Math.ceil(Math.log2(width));
    if (2 ** level === width) return this.#node(level, start / width);
    const middle = start + splitPoint(width);
    return nodeHash(await this.#range(start, middle), await this.#range(middle, end));
  }

  /** A complete node: the root of 2^level leaves. */
  async #node(level: number, index: number): Promise<Uint8Array> {
    const layer = level % 8;
    const perTile = 2 ** (8 - layer);
    const layers = await this.#layers(Math.floor(level / 8), Math.floor(index / perTile));
    const node = layers[layer]?.[index % perTile];
    if (node === undefined) throw new RangeError(`the tree of ${this.size} leaves has no node ${index} at level ${level}`);
    return node;
  }

  #layers(level: number, index: number): Promise<(readonly Uint8Array[])[]> {
    const key = `${level}/${index}`;
    const kept = this.#tiles.get(key);
    if (kept !== undefined) {
      this.#tiles.delete(key);
      this.#tiles.set(key, kept);
      return kept;
    }
    const width = Math.min(tileWidth, Math.floor(this.size / tileWidth ** level) - index * tileWidth);
    const layers = readTile(this.#read, level, index, width).then(tileLayers);
    this.#tiles.set(key, layers);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= keptTiles) break;
      this.#tiles.delete(oldest);
    }
    return layers;
  }
}

/**
 * The first `width` hashes of a tile; from the full tile where the partial one is gone, as C2SP tlog-tiles allows.
 * @throws {MissingTileError}
 */
export async function readTile(read: Read, level: number, index: number, width: number): Promise<Uint8Array[]> {
  const path = tilePath(level, index, width);
  const bytes = (await read(path)) ?? (width < tileWidth ? await read(tilePath(level, index)) : undefined);
  if (bytes === undefined) throw new MissingTileError(path);
  return decodeTile(bytes, width);
}

/** The root of the tree of `size` leaves. */
export function rootAt(size: number, read: Read): Promise<Uint8Array> {
  return new Tree(size, read).root();
}

/** One inclusion proof (for many, keep a `Tree`): leaf `index` in the tree of `size` leaves. */
export function inclusionProof(index: number, size: number, read: Read): Promise<Uint8Array[]> {
  return new Tree(size, read).inclusionProof(index);
}

/** The proof that the tree of `newSize` leaves begins with the one of `oldSize`. */
export function consistencyProof(oldSize: number, newSize: number, read: Read): Promise<Uint8Array[]> {
  return new Tree(newSize, read).consistencyProof(oldSize);
}
