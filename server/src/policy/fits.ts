import type { Determination } from './document.ts';

/** What a decision for good may come to, the gravest first; *none* fits everything. Hiding and restoring are no such decisions. */
export const finalDeterminations = [
  'remove',
  'interrupt',
  'disable',
  'limit',
  'age-gate',
  'delist',
  'stop-recommending',
  'demote',
  'label',
  'none',
] as const satisfies readonly Determination[];
export type FinalDetermination = (typeof finalDeterminations)[number];

interface Fit {
  /** The kinds of item that a platform can do it to. */
  readonly kinds: readonly string[];
  /** Whether it may be for a time: it then ends by itself. */
  readonly timed: boolean;
}

const places = ['group', 'channel'];
const written = ['post', 'comment', 'message'];

/** Which action fits which kind of item: the form that decides offers no other, and no step takes another. */
const fits: Readonly<Record<Exclude<FinalDetermination, 'none'>, Fit>> = {
  remove: { kinds: [...written, 'profile', ...places, 'live', 'ad'], timed: false },
  interrupt: { kinds: ['live'], timed: false },
  disable: { kinds: ['profile', ...places, 'ad'], timed: true },
  limit: { kinds: ['post', 'comment', 'profile', ...places, 'live'], timed: true },
  'age-gate': { kinds: ['post', 'comment', 'profile', ...places, 'live', 'ad'], timed: true },
  delist: { kinds: ['post', 'profile', ...places, 'live', 'suggestion'], timed: true },
  'stop-recommending': { kinds: ['post', 'profile', ...places, 'live', 'ad', 'recommendation'], timed: true },
  demote: { kinds: ['post', 'comment', 'profile', ...places, 'live', 'recommendation'], timed: true },
  label: { kinds: [...written, 'profile', ...places, 'live', 'ad'], timed: true },
};

/** What may be decided about an item of this kind. */
export function determinationsFor(kind: string): readonly FinalDetermination[] {
  return finalDeterminations.filter((one) => one === 'none' || fits[one].kinds.includes(kind));
}

/** What may be decided about several items at once: what fits each of them. */
export function determinationsForAll(kinds: readonly string[]): readonly FinalDetermination[] {
  return finalDeterminations.filter((one) => kinds.every((kind) => determinationsFor(kind).includes(one)));
}

export function mayBeTimed(determination: FinalDetermination): boolean {
  return determination !== 'none' && fits[determination].timed;
}

/** What takes an item of this kind away from everybody (Act 866 s.25). What a platform only proposes it proposes no more. */
export function takingAway(kind: string): 'remove' | 'delist' | 'stop-recommending' {
  const fitting = determinationsFor(kind);
  return (['remove', 'delist', 'stop-recommending'] as const).find((one) => fitting.includes(one)) ?? 'remove';
}

/** What protects people from an item while it is decided: a live session is interrupted, whatever else is hidden. */
export function protectiveFor(kind: string): 'interrupt' | 'make-inaccessible' {
  return kind === 'live' ? 'interrupt' : 'make-inaccessible';
}
