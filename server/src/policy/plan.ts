import type { Determination } from './document.ts';

export type Desired = 'visible' | 'inaccessible' | 'removed' | 'labelled';
export type Measure = 'make-inaccessible' | 'remove' | 'restore' | 'label';
/** What may be done to an account, the gentlest first: a step of the ladder each. */
export type AccountMeasure = 'warn' | 'reprimand' | 'restrict-account' | 'suspend-account' | 'terminate-account';

/**
 * What a determination asks of the platform, given what the item should show there now. Pure: the preview shows it, the decision's record
 * carries it out. Null where the platform already shows it, so that nobody is sent what changes nothing.
 */
export function measureFor(determination: Determination, now: Desired): Measure | null {
  switch (determination) {
    case 'make-inaccessible':
      return now === 'visible' || now === 'labelled' ? 'make-inaccessible' : null;
    case 'remove':
      return now === 'removed' ? null : 'remove';
    case 'label':
      return now === 'labelled' ? null : 'label';
    case 'restore':
    case 'none':
      return now === 'visible' ? null : 'restore';
  }
}
