import { encodeTile, tileLayers, tilePath, tileWidth } from './tile.ts';
import type { Read } from './tree.ts';
import { readTile, rootAt } from './tree.ts';

/** A file of the log to be written. */
export interface TileFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The tree after an append: write the tiles, then sign the root, in this order. */
export interface Appended {
  readonly size: number;
  readonly root: Uint8Array;
  readonly tiles: readonly TileFile[];
}

/**
 * Lays leaf hashes at the end of a tree. Pure: reads the partial tiles of the right edge, gives back what to write and writes nothing, so
 * that doing it again after a crash writes the same bytes.
 * @param tree its present size, and its tiles.
 * @param hashes new leaf hashes, in order; none is allowed and gives the present root.
 */
export async function appendLeaves(tree: { readonly size: number; readonly read: Read }, hashes: readonly Uint8Array[]): Promise<Appended> {
  const tiles: TileFile[] = [];
  let before = tree.size;
  let fresh = hashes;
  for (let level = 0; fresh.length > 0; level++) {
    const first = Math.floor(before / tileWidth);
    const begun = before % tileWidth;
    const entries = begun === 0 ? fresh : [...(await readTile(tree.read, level, first, begun)), ...fresh];
    const roots: Uint8Array[] = [];
    for (let i = 0; i < entries.length; i += tileWidth) {
      const slice = entries.slice(i, i + tileWidth);
      tiles.push({ path: tilePath(level, first + i / tileWidth, slice.length), bytes: encodeTile(slice) });
      const root = tileLayers(slice)[8]?.[0];
      if (root !== undefined) roots.push(root);
    }
    before = first;
    fresh = roots;
  }
  const size = tree.size + hashes.length;
  const written = new Map(tiles.map((tile) => [tile.path, tile.bytes]));
  const root = await rootAt(size, async (path) => written.get(path) ?? tree.read(path));
  return { size, root, tiles };
}
