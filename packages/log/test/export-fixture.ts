import { createHash } from 'node:crypto';
import type { ExportSource, LeafRecord } from '../src/index.ts';
import {
  appendLeaves,
  bagFiles,
  bagInfoText,
  bagitText,
  commit,
  consistencyText,
  encodeBase64,
  generateLogKey,
  leafBytes,
  leafHash,
  logSigner,
  manifestText,
  mediaFolder,
  openingLine,
  proofLine,
  readmeText,
  recordLine,
  signCheckpoint,
  Tree,
  vkeyText,
} from '../src/index.ts';

/** An export in memory: path in the bag → bytes. */
export type BagContent = Map<string, Uint8Array>;

export const origin = 'demo/log.perisai.example';
const seeded = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);
export const oldKey = generateLogKey(origin, seeded(1, 32));
export const newKey = generateLogKey(origin, seeded(2, 32));
const blob = Buffer.from('a drawn picture\n');
export const blobHash = createHash('sha256').update(blob).digest('hex');

const salt = (i: number): Uint8Array => createHash('sha256').update(`salt ${i}`).digest();
const random16 = (what: string): string => encodeBase64(createHash('sha256').update(what).digest().subarray(0, 16));
const uuid = (n: number): string => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const time = (i: number): string => new Date(Date.UTC(2026, 10, 24, 4) + i * 1000).toISOString();
const textOf = (i: number): string => `பதிவு ${i}\u2028baris kedua 第二行`;

/** The record at an index of the fixture's log: its payload commits to a text and to a blob. */
export function record(i: number): LeafRecord {
  return {
    id: uuid(i),
    kind: i % 2 === 0 ? 'report.received' : 'decision.made',
    version: 1,
    occurred_at: time(i),
    recorded_at: time(i),
    service: 'warung',
    case: i % 3 === 0 ? null : uuid(1_000_000),
    case_seq: i % 3 === 0 ? null : i,
    parties: [{ handle: random16('handle'), role: 'actor' }],
    versions: { policy: '7' },
    nonce: random16(`nonce ${i}`),
    payload: {
      clause: 'scam.phishing',
      'odd~key/': [{ commitment: commit(salt(i), textOf(i)) }],
      blob: { commitment: commit(salt(i), { sha256: blobHash }) },
    },
  };
}

/** What the log holds, and which of its `size` records the export does. */
export interface FixtureOptions {
  readonly size?: number;
  readonly every?: number;
  /** The leaf at an index. */
  readonly leafAt?: (i: number) => LeafRecord;
}

/** A good export of every second record of a log of 20, with openings, a blob, and a proof that it continues a checkpoint of the old key. */
export async function exportFixture({ size = 20, every = 2, leafAt = record }: FixtureOptions = {}): Promise<BagContent> {
  const hashes = Array.from({ length: size }, (_, i) => leafHash(leafBytes(leafAt(i))));
  const tiles = new Map<string, Uint8Array>();
  const read = async (path: string) => tiles.get(path);
  const oldSize = Math.floor(size / 3);
  const old = await appendLeaves({ size: 0, read }, hashes.slice(0, oldSize));
  for (const { path, bytes } of old.tiles) tiles.set(path, bytes);
  const now = await appendLeaves({ size: oldSize, read }, hashes.slice(oldSize));
  for (const { path, bytes } of now.tiles) tiles.set(path, bytes);
  const oldNote = await signCheckpoint({ origin, size: old.size, root: old.root }, logSigner(oldKey.skey));
  const note = await signCheckpoint({ origin, size, root: now.root }, logSigner(newKey.skey));

  const tree = new Tree(size, read);
  const records: Uint8Array[] = [];
  let proofs = '';
  let openings = '';
  for (let i = 0; i < size; i += every) {
    const leaf = leafAt(i);
    records.push(recordLine(leaf));
    proofs += proofLine(leaf.id, i, await tree.inclusionProof(i));
    openings += openingLine({ id: leaf.id, field: '/payload/odd~0key~1/0', salt: encodeBase64(salt(i)), value: textOf(i) });
    if (i % 4 === 0)
      openings += openingLine({ id: leaf.id, field: '/payload/blob', salt: encodeBase64(salt(i)), value: { sha256: blobHash } });
  }
  const asked = `every ${every}. record`;
  const bag: BagContent = new Map<string, Uint8Array>([
    [bagFiles.readme, Buffer.from(readmeText({ origin, madeAt: time(0), asked, size, records: records.length }))],
    [bagFiles.checkpoint, Buffer.from(note)],
    [bagFiles.vkey, Buffer.from(vkeyText(newKey.vkey))],
    [bagFiles.oldVkey, Buffer.from(vkeyText(oldKey.vkey))],
    [bagFiles.records, Buffer.concat(records)],
    [bagFiles.proofs, Buffer.from(proofs)],
    [bagFiles.openings, Buffer.from(openings)],
    [bagFiles.consistency, Buffer.from(consistencyText(oldNote, note, await tree.consistencyProof(oldSize)))],
    [`${mediaFolder}${blobHash}`, blob],
    [bagFiles.verifier, Buffer.from('// the verifier\n')],
  ]);
  return seal(bag);
}

/** Writes the bag's tag files anew, as somebody would who changed the payload and wants it to go unnoticed. */
export function seal(bag: BagContent): BagContent {
  const written = (path: string) => {
    const bytes = bag.get(path) as Uint8Array;
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  };
  const payload = [...bag.keys()].filter((path) => path.startsWith('data/')).map(written);
  bag.set(bagFiles.bagit, Buffer.from(bagitText));
  bag.set(bagFiles.info, Buffer.from(bagInfoText(payload, '2026-11-24', { 'Source-Organization': 'Warung' })));
  bag.set(bagFiles.manifest, Buffer.from(manifestText(payload)));
  const tags = [...bag.keys()].filter((path) => !path.startsWith('data/') && path !== bagFiles.tagManifest);
  bag.set(bagFiles.tagManifest, Buffer.from(manifestText(tags.map(written))));
  return bag;
}

/** The bag as the verifier reads it, in chunks of a few bytes so that lines are cut across them. */
export function sourceOf(bag: BagContent, chunkSize = 61): ExportSource {
  return {
    list: async () => [...bag.keys()],
    read: async function* (path) {
      const bytes = bag.get(path) ?? new Uint8Array(0);
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
  };
}
