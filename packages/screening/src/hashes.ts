import { ScreeningError } from './errors.ts';
import type { Harm, Verdict } from './verdict.ts';
import { harms, verdictOrder } from './verdict.ts';

export type Algorithm = 'sha256' | 'sha1' | 'md5';

/** Hashes of one file, hexadecimal in either case; any of them may be missing. */
export type FileHashes = Partial<Record<Algorithm, string>>;

/** A list of exact hashes with the harm it stands for and what is done at a match. */
export interface HashBank {
  name: string;
  version: string;
  harm: Harm;
  clause: string;
  action: Verdict;
  hashes: FileHashes[];
}

const digits: Record<Algorithm, number> = { sha256: 64, sha1: 40, md5: 32 };
const algorithms = Object.keys(digits) as Algorithm[];
const hex = /^[0-9a-f]+$/;

/**
 * Checks one bank of the catalogue (parsed JSON).
 * @throws ScreeningError `malformed-bank` or `malformed-hash`
 */
export function parseBank(file: unknown): HashBank {
  const bank = file as Partial<HashBank> | null;
  const fine =
    bank &&
    [bank.name, bank.version, bank.clause].every((text) => typeof text === 'string' && text !== '') &&
    harms.includes(bank.harm as Harm) &&
    verdictOrder.includes(bank.action as Verdict) &&
    Array.isArray(bank.hashes);
  if (!fine)
    throw new ScreeningError('malformed-bank', 'A hash bank is {name, version, harm, clause, action, hashes: [{sha256, sha1, md5}]}.');
  for (const hashes of (bank as HashBank).hashes) checkedHashes(hashes);
  return bank as HashBank;
}

/**
 * The hashes of one file in lower case.
 * @throws ScreeningError `malformed-hash` for a wrong length, a sign that is no hexadecimal digit, an unknown algorithm, or none at all
 */
function checkedHashes(hashes: FileHashes): [Algorithm, string][] {
  const given = Object.entries(hashes).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw new ScreeningError('malformed-hash', 'A file needs at least one of sha256, sha1 and md5.');
  return given.map(([name, value]) => {
    const algorithm = algorithms.find((one) => one === name);
    const lower = typeof value === 'string' ? value.toLowerCase() : '';
    if (!algorithm || lower.length !== digits[algorithm] || !hex.test(lower))
      throw new ScreeningError('malformed-hash', `"${name}" must be one of ${algorithms.join(', ')} as hexadecimal digits of its length.`);
    return [algorithm, lower];
  });
}

interface Shelf extends Omit<HashBank, 'hashes'> {
  known: Record<Algorithm, Map<string, number>>;
}

export type HashMatch = Omit<HashBank, 'hashes'>;

/** All banks in memory. A change is seen by the next look-up. */
export class HashIndex {
  readonly #shelves = new Map<string, Shelf>();

  /** @throws ScreeningError `malformed-bank` when two banks share a name, `malformed-hash` */
  constructor(banks: readonly HashBank[]) {
    for (const { hashes, ...bank } of banks) {
      if (this.#shelves.has(bank.name)) throw new ScreeningError('malformed-bank', `Two hash banks are called ${bank.name}.`);
      this.#shelves.set(bank.name, { ...bank, known: { sha256: new Map(), sha1: new Map(), md5: new Map() } });
      this.add(bank.name, hashes);
    }
  }

  /** All or none: every hash is checked before the first is added. A hash added twice must be removed twice: two members may vouch for it. */
  add(bank: string, files: readonly FileHashes[]): void {
    const shelf = this.#shelf(bank);
    for (const [algorithm, hash] of files.flatMap(checkedHashes)) {
      const known = shelf.known[algorithm];
      known.set(hash, (known.get(hash) ?? 0) + 1);
    }
  }

  /** All or none; removing what is not there is no error. */
  remove(bank: string, files: readonly FileHashes[]): void {
    const shelf = this.#shelf(bank);
    for (const [algorithm, hash] of files.flatMap(checkedHashes)) {
      const known = shelf.known[algorithm];
      const left = (known.get(hash) ?? 0) - 1;
      if (left > 0) known.set(hash, left);
      else known.delete(hash);
    }
  }

  /** The banks that hold a file, in the order they were given. One equal hash is enough; SHA-1 and MD5 because hotlines still share them. */
  match(file: FileHashes): HashMatch[] {
    const hashes = checkedHashes(file);
    const matches: HashMatch[] = [];
    for (const { known, ...bank } of this.#shelves.values())
      if (hashes.some(([algorithm, hash]) => known[algorithm].has(hash))) matches.push(bank);
    return matches;
  }

  versions(): Record<string, string> {
    return Object.fromEntries([...this.#shelves.values()].map((shelf) => [`bank:${shelf.name}`, shelf.version]));
  }

  #shelf(bank: string): Shelf {
    const shelf = this.#shelves.get(bank);
    if (!shelf) throw new ScreeningError('unknown-bank', `There is no hash bank called ${bank}.`);
    return shelf;
  }
}
