import type { Determination } from './document.ts';

/** What a platform may be asked to show of an item. */
export type Desired =
  | 'visible'
  | 'inaccessible'
  | 'removed'
  | 'disabled'
  | 'limited'
  | 'age-gated'
  | 'labelled'
  | 'delisted'
  | 'demoted'
  | 'not-recommended'
  | 'interrupted';
export type Measure = Exclude<Determination, 'none'>;

/** What may be done to an account, the gentlest first: a step of the ladder each. */
export type AccountMeasure = 'warn' | 'reprimand' | 'restrict-account' | 'suspend-account' | 'terminate-account';

/** What the platform shows once it has done it. */
const shows: Readonly<Record<Measure, Desired>> = {
  'make-inaccessible': 'inaccessible',
  remove: 'removed',
  disable: 'disabled',
  limit: 'limited',
  'age-gate': 'age-gated',
  label: 'labelled',
  delist: 'delisted',
  demote: 'demoted',
  'stop-recommending': 'not-recommended',
  interrupt: 'interrupted',
  restore: 'visible',
};

/** What the platform shows where a determination is carried out. */
export function desiredFor(determination: Determination): Desired {
  return determination === 'none' ? 'visible' : shows[determination];
}

/** Whether nobody can see it already, so that hiding it changes nothing. */
export function isHidden(now: Desired): boolean {
  return now === 'inaccessible' || now === 'removed' || now === 'disabled' || now === 'interrupted';
}

/**
 * What a determination asks of the platform, given what the item should show there now. Pure: the preview shows it, the decision's record
 * carries it out. Null where the platform already shows it, so that nobody is sent what changes nothing.
 */
export function measureFor(determination: Determination, now: Desired): Measure | null {
  if (determination === 'none') return now === 'visible' ? null : 'restore';
  if (determination === 'make-inaccessible') return isHidden(now) ? null : determination;
  return desiredFor(determination) === now ? null : determination;
}
