import type { Harm } from '@perisai/screening';
import { type Severity, severities } from '../policy/questions.ts';

/** What a case weighs by. */
export interface Weight {
  readonly harm: Harm;
  /** It is being streamed now. */
  readonly live: boolean;
  readonly severity: Severity;
  /** What the Act calls priority content. */
  readonly priority: boolean;
  /** Before (0), among (1) or after (2) the others of its class: the best place that a report gave it. */
  readonly lane: number;
}

/**
 * The one rule of who comes first (invariant 3): child sexual abuse material before all; then what is streamed now; then the severity of the
 * reason; then what the Act calls priority content; within such a class what a trusted flagger or the regulator reported, last what only slowed
 * reporters did (intake/standing.ts); among equals the nearest deadline. Each line weighs more than all below it together. The
 * staff pages say it in these words, and the index `work_queue` holds its result, `rank`: the smaller, the worse.
 */
const rule: readonly { readonly name: 'csam' | 'live' | 'severity' | 'priority' | 'lane'; readonly place: (weight: Weight) => number }[] = [
  { name: 'csam', place: ({ harm }) => (harm === 'csam' ? 0 : 1) },
  { name: 'live', place: ({ live }) => (live ? 0 : 1) },
  { name: 'severity', place: ({ severity }) => severities.indexOf(severity) },
  { name: 'priority', place: ({ priority }) => (priority ? 0 : 1) },
  { name: 'lane', place: ({ lane }) => lane },
];

/** Where a case stands by the rule, its deadline aside. */
export function rankOf(weight: Weight): number {
  return rule.reduce((rank, { place }) => rank * 10 + place(weight), 0);
}
