import { createHash } from 'node:crypto';
import type { FeedItem } from './feed.ts';

/** What the door is told of an item beside what the file holds. */
export interface Post {
  readonly id: string;
  readonly kind: 'post' | 'comment';
  readonly surface: string;
  readonly revision: '1';
  readonly author: { readonly id: string; readonly handle: string; readonly language: Language };
  readonly created_at: string;
  readonly parent?: string;
  readonly text?: string;
  readonly media?: readonly Media[];
}

interface Media {
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly type: string;
  readonly bytes?: string;
}

type Language = 'ms' | 'en' | 'zh' | 'ta';
const languages: readonly Language[] = ['ms', 'en', 'zh', 'ta'];

/** Both read by everybody: what nobody screens would say nothing about screening. */
export const surfaces = ['public-feed', 'comments'] as const;

const seed = 1;
const people = 97;
const spread = 24 * 3_600_000;
const largestUpload = 5 * 1024 * 1024;

/** Numbers from 0 to 1 that depend on the seed and these words only; not on what was thrown before, so that batches may run in any order. */
function throwFor(...words: readonly (string | number)[]): number {
  return (
    createHash('sha256')
      .update([seed, ...words].join(' '))
      .digest()
      .readUInt32BE(0) /
    2 ** 32
  );
}

export type Said = 'desired' | 'gone' | 'silent';

/** What the stand-in platform does when it is asked: mostly what it is asked for. */
export function platformSays(item: string): Said {
  const thrown = throwFor('platform', item);
  if (thrown < 0.05) return 'silent';
  return thrown < 0.1 ? 'gone' : 'desired';
}

/** Whether a moderator takes this case, and whether it is hidden first. */
export function isTaken(n: number): boolean {
  return throwFor('taken', n) < 0.5;
}
export function isHiddenFirst(n: number): boolean {
  return throwFor('hidden', n) < 0.2;
}

/** What the moderator finds: what the file says of the item, else what is thrown. */
export function finding(n: number, label: boolean | null): 'remove' | 'label' | 'none' {
  const thrown = throwFor('finding', n);
  const violates = label ?? thrown < 0.75;
  if (!violates) return 'none';
  return throwFor('measure', n) < 0.1 ? 'label' : 'remove';
}

/** The rules of this cast in sentences, printed with every replay: whoever reads the figures must know what was made up. */
export const rules: readonly string[] = [
  `Seed ${seed}: the same file gives the same posts, moderators' findings and answers of the platform again.`,
  `Authors: ${people} people, drawn for each item; each has one of four languages.`,
  `Surfaces: four in five items are posts on public-feed, the others comments, each beneath the item before it.`,
  `Times: file order, evenly over the ${spread / 3_600_000} hours before the replay.`,
  `Moderators take half of the raised cases, hide first what is still shown in one of five, and find what the file's label says; without a`,
  `label they find a violation in three of four. A violation is removed, one in ten labelled.`,
  `The platform does what it is asked; for one item in twenty it never answers, for another one the author had deleted it.`,
];

/** The n-th item as the platform tells it to Perisai. */
export function castPost(item: FeedItem, n: number, of: number, began: Date): Post {
  const who = Math.floor(throwFor('author', n) * people);
  const comment = n > 0 && throwFor('surface', n) < 0.2;
  return {
    id: `item-${n + 1}`,
    kind: comment ? 'comment' : 'post',
    surface: surfaces[comment ? 1 : 0],
    revision: '1',
    author: { id: `author-${who + 1}`, handle: `author_${who + 1}`, language: languages[who % languages.length] as Language },
    created_at: new Date(began.getTime() - spread + Math.floor((spread * n) / Math.max(1, of))).toISOString(),
    ...(comment ? { parent: `item-${n}` } : {}),
    ...(item.text === undefined ? {} : { text: item.text }),
    ...(item.picture === undefined ? {} : { media: [mediaOf(item.picture)] }),
  };
}

/** A picture goes with its hashes, and with its bytes where the door takes as many. */
function mediaOf({ bytes, type }: { bytes: Buffer; type: string }): Media {
  const digest = (name: string) => createHash(name).update(bytes).digest('hex');
  const hashes = { sha256: digest('sha256'), sha1: digest('sha1'), md5: digest('md5'), type };
  return bytes.length <= largestUpload ? { ...hashes, bytes: bytes.toString('base64') } : hashes;
}
