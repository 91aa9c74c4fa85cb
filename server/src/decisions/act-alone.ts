import type { Transition } from '../records/questions.ts';

/** What one person put into force alone, that is no decision: a screening rule, by its id, or a version of the guidelines, by its number. */
export interface ActAlone {
  readonly id: string;
  readonly glass: string;
  readonly what: 'rule' | 'policy';
  readonly subject: string;
  readonly actedBy: string | null;
  readonly actedAt: Date;
  readonly state: 'unreviewed' | 'upheld' | 'reversed' | 'objected';
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  /** The record that holds what the reviewer wrote. */
  readonly review: string | null;
}

export const actAloneTransitions: readonly Transition<ActAlone['state']>[] = [
  { from: null, to: 'unreviewed', by: 'break-glass.acted' },
  { from: 'unreviewed', to: 'upheld', by: 'break-glass.act-reviewed', when: 'a second person agrees' },
  {
    from: 'unreviewed',
    to: 'reversed',
    by: 'break-glass.act-reviewed',
    when: 'a second person switches the rule off, or withdraws the version',
  },
  { from: 'unreviewed', to: 'objected', by: 'break-glass.act-reviewed', when: 'a second person objects to what stays as it is' },
];
