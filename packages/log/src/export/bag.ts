import { createHash } from 'node:crypto';
import { ExportError } from './failure.ts';
import { linesOf, textOf } from './lines.ts';

/** An export as the verifier sees it: its files by their path in the bag (`data/checkpoint`), whatever holds them. */
export interface ExportSource {
  /** Every file there is, each once. */
  list(): Promise<readonly string[]>;
  /** The bytes of a listed file; may be called again. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** The files of a bag by name; `data/media/HASH` come beside them. */
export const bagFiles = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  verifier: 'perisai-verify.mjs',
  readme: 'data/README.txt',
  checkpoint: 'data/checkpoint',
  vkey: 'data/log.vkey',
  oldVkey: 'data/old-log.vkey',
  records: 'data/records.jsonl',
  proofs: 'data/proofs.jsonl',
  openings: 'data/openings.jsonl',
  consistency: 'data/consistency.json',
} as const;

/** Where disclosed blobs lie. */
export const mediaFolder = 'data/media/';
/** `bagit.txt`, whole. */
export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

const { checkpoint, vkey, records, proofs, bagit, info, manifest, tagManifest, verifier } = bagFiles;
const required = [bagit, info, manifest, tagManifest, verifier, checkpoint, vkey, records, proofs];
const known: ReadonlySet<string> = new Set(Object.values(bagFiles));
const maxTextLine = 1 << 20;

interface Digest {
  readonly sha256: string;
  readonly size: number;
}
/** What a manifest says of a file, and where. */
interface Listed {
  readonly sha256: string;
  readonly place: string;
}

/** A bag whose names are right and whose tag files are whole. What is read through it is hashed on the way. */
export class Bag {
  readonly paths: ReadonlySet<string>;
  readonly #source: ExportSource;
  readonly #digests = new Map<string, Digest>();
  readonly #listed = new Map<string, Listed>();

  constructor(source: ExportSource, paths: ReadonlySet<string>) {
    this.#source = source;
    this.paths = paths;
  }

  /** The disclosed blobs' hashes. */
  get media(): readonly string[] {
    return [...this.paths].filter((path) => path.startsWith(mediaFolder)).map((path) => path.slice(mediaFolder.length));
  }

  /** The bytes of a file. Read to the end, its digest is known. */
  async *read(path: string): AsyncGenerator<Uint8Array, void> {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of this.#source.read(path)) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    this.#digests.set(path, { sha256: hash.digest('hex'), size });
  }

  /** The file as lines of plain text, each with its number. */
  async *text(path: string): AsyncGenerator<{ readonly number: number; readonly text: string }, void> {
    for await (const line of linesOf(path, this.read(path), maxTextLine)) yield { number: line.number, text: textOf(path, line) };
  }

  /** The whole of a small text file. */
  async wholeText(path: string): Promise<string> {
    let whole = '';
    for await (const { text, number } of this.text(path)) {
      whole += `${text}\n`;
      if (whole.length > maxTextLine) throw new ExportError('too-long', path, number, 'goes beyond 1 MiB');
    }
    return whole;
  }

  /** SHA-256 in hex, and size; read now where it has not been. */
  async digest(path: string): Promise<Digest> {
    if (!this.#digests.has(path)) for await (const _ of this.read(path));
    return this.#digests.get(path) as Digest;
  }

  /** Reads a manifest, which must be complete both ways: every line names one of these files, every one of these files has one line. */
  async readManifest(name: string, files: readonly string[]): Promise<void> {
    const there = new Set(files);
    for await (const { number, text } of this.text(name)) {
      const [, sha256, path] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(text) ?? [];
      if (sha256 === undefined || path === undefined) {
        throw new ExportError('bad-manifest', name, number, 'is not a SHA-256 in hex, two spaces and a path');
      }
      if (!there.has(path)) throw new ExportError('bad-manifest', name, number, `lists ${path}, which is not there`);
      if (this.#listed.has(path)) throw new ExportError('bad-manifest', name, number, `lists ${path} again`);
      this.#listed.set(path, { sha256, place: `${name} line ${number}` });
    }
    const missing = files.find((path) => !this.#listed.has(path));
    if (missing !== undefined) throw new ExportError('unlisted-file', missing, null, `is not listed in ${name}`);
  }

  /** Whether a file has another hash than its manifest says. */
  async differs(path: string): Promise<boolean> {
    return (await this.digest(path)).sha256 !== this.#listed.get(path)?.sha256;
  }

  /** Refuses a file that has another hash than its manifest says. */
  async checkDigest(path: string): Promise<void> {
    if (!(await this.differs(path))) return;
    const { sha256 } = await this.digest(path);
    const listed = this.#listed.get(path);
    const why = `has the SHA-256 ${sha256}, but ${listed?.place} says ${listed?.sha256}: one of the two was changed`;
    throw new ExportError('hash-differs', path, null, why);
  }
}

/** Opens a bag: the names it may hold, `bagit.txt`, both manifests complete, and every tag file whole. */
export async function openBag(source: ExportSource): Promise<Bag> {
  const bag = new Bag(source, checkNames(await source.list()));
  const tagFiles = [...bag.paths].filter((path) => !isPayload(path) && path !== tagManifest);
  await bag.readManifest(tagManifest, tagFiles);
  for (const path of tagFiles) await bag.checkDigest(path);
  if ((await bag.wholeText(bagit)) !== bagitText)
    throw new ExportError('bad-bag', bagit, null, 'is not the declaration of a BagIt 1.0 bag in UTF-8');
  await bag.readManifest(manifest, [...bag.paths].filter(isPayload));
  return bag;
}

/** Every payload file against the manifest, and their sum against `Payload-Oxum`. Comes last, so that a line at fault is named first. */
export async function checkPayload(bag: Bag): Promise<void> {
  const payload = [...bag.paths].filter(isPayload);
  let size = 0;
  for (const path of payload) {
    await bag.checkDigest(path);
    size += (await bag.digest(path)).size;
  }
  const oxum = await readOxum(bag);
  const is = `${size}.${payload.length}`;
  if (oxum.text !== is) throw new ExportError('bad-bag', info, oxum.number, `says Payload-Oxum ${oxum.text}, but the payload is ${is}`);
}

async function readOxum(bag: Bag): Promise<{ readonly number: number; readonly text: string }> {
  const oxums: { number: number; text: string }[] = [];
  for await (const { number, text } of bag.text(info)) {
    const [, label, value] = /^([^:\s][^:]*): (.*)$/.exec(text) ?? [];
    if (label === undefined || value === undefined) throw new ExportError('bad-bag', info, number, 'is not of the form “Label: value”');
    if (label === 'Payload-Oxum') oxums.push({ number, text: value });
  }
  const [oxum] = oxums;
  if (oxum === undefined || oxums.length > 1)
    throw new ExportError('bad-bag', info, null, `has ${oxums.length} lines Payload-Oxum, not one`);
  return oxum;
}

function checkNames(paths: readonly string[]): ReadonlySet<string> {
  const names = new Set(paths);
  for (const path of paths) {
    const isMedia = path.startsWith(mediaFolder) && /^[0-9a-f]{64}$/.test(path.slice(mediaFolder.length));
    if (!known.has(path) && !isMedia) throw new ExportError('unlisted-file', path, null, 'is no file of an export');
  }
  for (const path of required) if (!names.has(path)) throw new ExportError('missing-file', path, null, 'is missing');
  if (names.has(bagFiles.oldVkey) && !names.has(bagFiles.consistency)) {
    throw new ExportError(
      'unlisted-file',
      bagFiles.oldVkey,
      null,
      'is the key of an older checkpoint, but there is no consistency.json with one',
    );
  }
  return names;
}

const isPayload = (path: string): boolean => path.startsWith('data/');
