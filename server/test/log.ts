import { createHash } from 'node:crypto';
import { decodeBundle, openCheckpoint, Tree, verifyConsistency } from '@perisai/log';
import { expect } from 'vitest';
import { logReader, outsideCheckpoint } from '../src/records/anchor.ts';
import type { Spine } from '../src/records/index.ts';
import { ask } from './spine.ts';

interface Leaf {
  readonly index: number;
  readonly record: string;
  readonly hash: Buffer;
  readonly line: string;
}

/**
 * Everything that must hold of a log at rest, whatever was done to its sequencer: every record has one place, places have no gap, each
 * hash is that of its line, one tree lies inside and outside, and each checkpoint ever signed is a beginning of the next. Computes the
 * tree with code of its own. @returns the leaves
 */
export async function expectOneTree(spine: Spine, vkeys: readonly string[] = [spine.signer.vkey]): Promise<Leaf[]> {
  const leaves = await ask<Leaf>(
    spine,
    'select l.index, l.record, l.hash, r.line from records.leaf l join records.record r on r.id = l.record order by l.index',
  );
  const [counted] = await ask<{ records: number; pending: number }>(
    spine,
    'select (select count(*) from records.record) as records, (select count(*) from records.pending) as pending',
  );
  expect(counted).toEqual({ records: leaves.length, pending: 0 });
  expect(leaves.map(({ index }) => index)).toEqual(leaves.map((_, place) => place));
  const hashes = leaves.map(({ line }) => sha256(Buffer.of(0), Buffer.from(line)));
  expect(leaves.findIndex(({ hash }, place) => !hash.equals(hashes[place] as Buffer))).toBe(-1);

  const outside = await outsideCheckpoint(spine);
  expect(outside?.size).toBe(leaves.length);
  expect(Buffer.from(outside?.root ?? []).equals(merkleRoot(hashes))).toBe(true);
  await expectBundles(spine, leaves);

  const notes = await ask<{ size: number; note: string }>(spine, 'select size, note from records.checkpoint order by size');
  expect(notes.at(-1)?.note).toBe(outside?.note);
  const tree = new Tree(leaves.length, logReader(spine));
  let before: { readonly size: number; readonly root: Uint8Array } = { size: 0, root: new Uint8Array() };
  for (const { size, note } of notes) {
    const checkpoint = openWithAny(note, vkeys);
    expect(checkpoint.size).toBe(size);
    const proof = await new Tree(size, logReader(spine)).consistencyProof(before.size);
    const claim = { oldSize: before.size, oldRoot: before.root, newSize: size, newRoot: checkpoint.root, proof };
    if (before.size > 0) expect(verifyConsistency(claim)).toBe(true);
    before = checkpoint;
  }
  expect(Buffer.from(await tree.root()).equals(merkleRoot(hashes))).toBe(true);
  return leaves;
}

/** The private copies of the leaves outside the database are theirs, byte for byte. */
async function expectBundles(spine: Spine, leaves: readonly Leaf[]): Promise<void> {
  const paths = await Array.fromAsync(spine.blobs.list('log/tile/entries/'));
  const kept = new Map<number, string>();
  for (const path of paths) {
    const [, number = ''] = /entries\/(.*?)(?:\.p\/\d+)?$/.exec(path) ?? [];
    const first = Number(number.replaceAll(/[x/]/g, '')) * 256;
    const bundle = decodeBundle((await spine.blobs.get(path)) as Buffer);
    bundle.forEach((entry, n) => void kept.set(first + n, Buffer.from(entry).toString('utf8')));
  }
  expect(kept.size).toBe(leaves.length);
  expect(leaves.findIndex(({ index, line }) => kept.get(index) !== line)).toBe(-1);
}

function openWithAny(note: string, vkeys: readonly string[]) {
  for (const vkey of vkeys.slice(0, -1)) {
    try {
      return openCheckpoint(note, vkey);
    } catch {
      // signed by a later key
    }
  }
  return openCheckpoint(note, vkeys.at(-1) as string);
}

/** RFC 9162 §2.1.1, as it is written there: the tree's own code is not asked. */
function merkleRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0] as Buffer;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Buffer.of(1), merkleRoot(hashes.slice(0, split)), merkleRoot(hashes.slice(split)));
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
