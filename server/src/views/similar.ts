import type { Tx } from '../foundation/db/transaction.ts';
import * as policy from '../policy/questions.ts';
import type { House } from '../procedure/house.ts';
import { type Payload, reveal } from '../records/questions.ts';
import { besideCase, bundleItems, type CaseItem } from './similar.sql.ts';

/** Why two items look like one campaign. */
export type Alike = 'link' | 'text' | 'file' | 'author';

export interface BundleMember extends CaseItem {
  /** What it said; null once erased. */
  readonly text: string | null;
  /** How many files it has. */
  readonly files: number;
  /** Is it kept from eyes that did not ask for it? By what it is about itself, whatever it lies beside. */
  readonly guarded: boolean;
}
export interface Suggestion extends BundleMember {
  readonly why: readonly Alike[];
}
export interface BundleRead {
  /** The leading case first. */
  readonly members: readonly BundleMember[];
  readonly suggestions: readonly Suggestion[];
}

const campaignMs = 7 * 24 * 3_600_000;
/** So many are compared: each has to be opened with its author's key. */
const compared = 500;

type Snapshot = Payload<'content.snapshotted'> | null;

/**
 * A bundle, and what could belong to it: of the same service and harm, within seven days, with the same link's domain, nearly the same text, the
 * same file or the same author as anything in it. Suggested, never brought in by itself.
 */
export function readBundle(house: House, tx: Tx, lead: string): Promise<BundleRead> {
  return readAlike(house, tx, lead, 'same', compared);
}

/**
 * A case with what was merged into it, and which other open cases could be about the same matter, of whatever harm. Suggested, as for a bundle.
 * @param most so many of the newest are compared
 */
export function readDuplicates(house: House, tx: Tx, lead: string, most = compared): Promise<BundleRead> {
  return readAlike(house, tx, lead, 'any', most);
}

/** What lies in a bundle, the leading case first. */
export async function readMembers(house: House, tx: Tx, lead: string): Promise<readonly BundleMember[]> {
  return (await opened(house, tx, lead)).map(memberOf);
}

async function opened(house: House, tx: Tx, lead: string): Promise<{ readonly row: CaseItem; readonly said: Snapshot }[]> {
  const inside: { row: CaseItem; said: Snapshot }[] = [];
  for (const row of await bundleItems(tx, lead)) inside.push({ row, said: await saidIn(house, tx, row) });
  return inside;
}

function memberOf({ row, said }: { readonly row: CaseItem; readonly said: Snapshot }): BundleMember {
  return { ...row, text: said?.text ?? null, files: said?.media?.length ?? 0, guarded: policy.isGuarded(row.harms) };
}

async function saidIn(house: House, tx: Tx, { record }: CaseItem): Promise<Snapshot> {
  return (await reveal(house, tx, 'content.snapshotted', record)) as Snapshot;
}

async function readAlike(house: House, tx: Tx, lead: string, harm: 'same' | 'any', most: number): Promise<BundleRead> {
  const inside = await opened(house, tx, lead);
  const since = new Date(house.clock.now().getTime() - campaignMs);
  const traits = inside.map(({ row, said }) => traitsOf(row, said));
  const suggestions: Suggestion[] = [];
  for (const row of await besideCase(tx, lead, since, most, harm)) {
    const said = await saidIn(house, tx, row);
    const why = likeness(traits, traitsOf(row, said));
    if (why.length > 0) suggestions.push({ ...memberOf({ row, said }), why });
  }
  return { members: inside.map(memberOf), suggestions };
}

export interface Traits {
  readonly author: string | null;
  readonly hosts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

function traitsOf({ author }: CaseItem, said: Snapshot): Traits {
  return traits(author, said?.text ?? '', said?.media?.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])) ?? []);
}

/** What an item is recognised by. Scripts without blanks between words are compared by pairs of characters. */
export function traits(author: string | null, text: string, files: readonly string[]): Traits {
  const plain = text.normalize('NFKC').toLowerCase();
  const hosts = [...plain.matchAll(/(?:https?:\/\/|\b)((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})/gu)].map((found) =>
    (found[1] as string).replace(/^www\./, ''),
  );
  const words = [...plain.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(([word]) =>
    /\p{Script=Han}/u.test(word) ? Array.from({ length: Math.max(1, word.length - 1) }, (_, at) => word.slice(at, at + 2)) : [word],
  );
  return { author, hosts: new Set(hosts), words: new Set(words), files: new Set(files) };
}

/** Fewer words than this say too little to be the same text. */
const fewest = 5;

/** Why this could belong to those; nothing where it could not. */
export function likeness(those: readonly Traits[], one: Traits): Alike[] {
  const shares = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some((each) => b.has(each));
  const near = (a: ReadonlySet<string>, b: ReadonlySet<string>) => {
    if (a.size < fewest || b.size < fewest) return false;
    const both = [...a].filter((each) => b.has(each)).length;
    return both / (a.size + b.size - both) >= 0.7;
  };
  return [
    ...(those.some(({ hosts }) => shares(hosts, one.hosts)) ? (['link'] as const) : []),
    ...(those.some(({ words }) => near(words, one.words)) ? (['text'] as const) : []),
    ...(those.some(({ files }) => shares(files, one.files)) ? (['file'] as const) : []),
    ...(one.author !== null && those.some(({ author }) => author === one.author) ? (['author'] as const) : []),
  ];
}
