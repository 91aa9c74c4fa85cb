import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendLeaves } from './append.ts';
import { InclusionVerifier, verifyInclusion } from './inclusion.ts';
import { emptyRoot, leafHash, nodeHash, sameBytes, splitPoint, verifyConsistency } from './merkle.ts';
import { tilePath } from './tile.ts';
import type { Read } from './tree.ts';
import { consistencyProof, inclusionProof, MissingTileError, rootAt, Tree } from './tree.ts';

/** Files in memory. */
class Files extends Map<string, Uint8Array> {
  reads = 0;
  readonly read: Read = async (path) => {
    this.reads++;
    return this.get(path);
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const leaves = (n: number): Uint8Array[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

async function grow(files: Files, from: number, hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  const { tiles, root } = await appendLeaves({ size: from, read: files.read }, hashes);
  for (const { path, bytes } of tiles) files.set(path, bytes);
  return root;
}

/** The definition of RFC 9162 §2.1.1, word for word. */
function mth(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot;
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  const k = splitPoint(hashes.length);
  return nodeHash(mth(hashes.slice(0, k)), mth(hashes.slice(k)));
}

// The reference tree of Certificate Transparency (RFC 6962 and 9162 share it).
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const reference = inputs.map((input) => leafHash(Buffer.from(input, 'hex')));

test('the roots are those of the Certificate Transparency reference tree', async () => {
  for (const [size, root] of roots.entries()) {
    const files = new Files();
    expect(hex(await grow(files, 0, reference.slice(0, size)))).toBe(root);
    expect(hex(await rootAt(size, files.read))).toBe(root);
  }
});

test('the proofs are those of the Certificate Transparency reference tree', async () => {
  const files = new Files();
  await grow(files, 0, reference);
  expect((await inclusionProof(5, 8, files.read)).map(hex)).toEqual([
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
  expect((await consistencyProof(6, 8, files.read)).map(hex)).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
});

test('every leaf of every small tree is proven, and nothing else is', async () => {
  const all = leaves(40);
  for (let size = 1; size <= all.length; size++) {
    const files = new Files();
    const root = await grow(files, 0, all.slice(0, size));
    const tree = new Tree(size, files.read);
    for (let index = 0; index < size; index++) {
      const claim = { index, size, leaf: all[index] as Uint8Array, proof: await tree.inclusionProof(index), root };
      expect(verifyInclusion(claim)).toBe(true);
      expect(verifyInclusion({ ...claim, leaf: emptyRoot })).toBe(false);
      expect(verifyInclusion({ ...claim, root: emptyRoot })).toBe(false);
      expect(verifyInclusion({ ...claim, index: size })).toBe(false);
      expect(verifyInclusion({ ...claim, proof: [...claim.proof, emptyRoot] })).toBe(false);
      if (size > 1) {
        expect(verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
      }
    }
  }
});

test('a verifier that remembers the last way says the same as one that does not', async () => {
  const all = leaves(70);
  const files = new Files();
  const size = all.length;
  const root = await grow(files, 0, all);
  const tree = new Tree(size, files.read);
  const proofs = await Promise.all(all.map((_, index) => tree.inclusionProof(index)));
  const place = fc.nat({ max: size - 1 });
  const attempt = fc.record({ index: place, leaf: place, proof: place, spoilt: fc.option(fc.nat({ max: 8 }), { nil: 9 }) });
  const near = fc
    .record({ index: place, spoilt: fc.option(fc.nat({ max: 8 }), { nil: 9 }) })
    .map(({ index, spoilt }) => ({ index, leaf: index, proof: index, spoilt }));
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: near }, attempt), { maxLength: 60 }), (attempts) => {
      const verifier = new InclusionVerifier(size, root);
      for (const { index, leaf, proof, spoilt } of attempts) {
        const hashes = (proofs[proof] as Uint8Array[]).map((hash, i) => (i === spoilt ? emptyRoot : Buffer.from(hash)));
        const claim = { index, size, leaf: all[leaf] as Uint8Array, proof: hashes, root };
        expect(verifier.holds(index, claim.leaf, hashes)).toBe(verifyInclusion(claim));
      }
    }),
  );
});

test('every small tree continues every smaller one, and no other', async () => {
  const all = leaves(34);
  const files = new Files();
  const rootOf = all.map((_, n) => mth(all.slice(0, n)));
  await grow(files, 0, all.slice(0, -1));
  for (let newSize = 0; newSize < all.length; newSize++) {
    await grow(files, 0, all.slice(0, newSize));
    const tree = new Tree(newSize, files.read);
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const claim = {
        oldSize,
        newSize,
        oldRoot: rootOf[oldSize] as Uint8Array,
        newRoot: rootOf[newSize] as Uint8Array,
        proof: await tree.consistencyProof(oldSize),
      };
      expect(verifyConsistency(claim), `${oldSize} → ${newSize}`).toBe(true);
      expect(verifyConsistency({ ...claim, proof: [...claim.proof, emptyRoot] })).toBe(false);
      expect(verifyConsistency({ ...claim, oldRoot: leafHash(Buffer.from('other')) })).toBe(false);
      if (oldSize > 0) expect(verifyConsistency({ ...claim, newRoot: leafHash(Buffer.from('other')) })).toBe(false);
      if (claim.proof.length > 0) expect(verifyConsistency({ ...claim, proof: claim.proof.slice(0, -1) })).toBe(false);
      if (oldSize < newSize) expect(verifyConsistency({ ...claim, newSize: oldSize, oldSize: newSize })).toBe(false);
    }
  }
});

test('however the leaves arrive, tiles, roots and proofs are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 }), fc.nat(), fc.nat(), async (batches, pick, old) => {
      const all = leaves(batches.reduce((a, b) => a + b, 0));
      const files = new Files();
      let size = 0;
      let root = emptyRoot;
      for (const batch of batches) {
        root = await grow(files, size, all.slice(size, size + batch));
        size += batch;
      }
      expect(hex(root)).toBe(hex(mth(all)));
      const once = new Files();
      await grow(once, 0, all);
      for (const [path, bytes] of once) expect(sameBytes(files.get(path) as Uint8Array, bytes)).toBe(true);
      if (size === 0) return;
      const index = pick % size;
      const oldSize = old % (size + 1);
      const tree = new Tree(size, files.read);
      expect(verifyInclusion({ index, size, leaf: all[index] as Uint8Array, proof: await tree.inclusionProof(index), root })).toBe(true);
      const oldRoot = mth(all.slice(0, oldSize));
      expect(verifyConsistency({ oldSize, newSize: size, oldRoot, newRoot: root, proof: await tree.consistencyProof(oldSize) })).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a proof in a tree of a million leaves, read cold, reads six tiles at most', async () => {
  const size = 1_000_003;
  const files = new Files();
  const same = Array<Uint8Array>(size).fill(leafHash(Buffer.from('same')));
  const root = await grow(files, 0, same);
  for (const index of [0, 255, 524_288, 999_936, size - 1]) {
    files.reads = 0;
    const proof = await inclusionProof(index, size, files.read);
    expect(files.reads).toBeLessThanOrEqual(6);
    expect(verifyInclusion({ index, size, leaf: same[0] as Uint8Array, proof, root })).toBe(true);
  }
});

test('a tree of a size beyond 32 bits keeps its arithmetic', () => {
  const proof = Array.from({ length: 41 }, () => emptyRoot);
  let node = emptyRoot;
  for (let i = 0; i < 41; i++) node = nodeHash(node, emptyRoot);
  expect(verifyInclusion({ index: 0, size: 2 ** 41, leaf: emptyRoot, proof, root: node })).toBe(true);
  expect(verifyInclusion({ index: 2 ** 40, size: 2 ** 41, leaf: emptyRoot, proof, root: node })).toBe(false);
});

test('a partial tile that gave way to the full one is read from the full one', async () => {
  const all = leaves(300);
  const files = new Files();
  const root = await grow(files, 0, all.slice(0, 200));
  await grow(files, 200, all.slice(200));
  files.delete(tilePath(0, 0, 200));
  expect(hex(await rootAt(200, files.read))).toBe(hex(root));
});

test('a missing tile is named', async () => {
  await expect(rootAt(5, async () => undefined)).rejects.toThrow(new MissingTileError('tile/0/000.p/5'));
});
