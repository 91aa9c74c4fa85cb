import type { Rule as EngineRule, Harm, Language, Verdict } from '@perisai/screening';
import type { Transition } from '../records/questions.ts';

/** One version of an operator's rule. A word more is another version: none is ever edited. */
export interface Rule {
  readonly id: string;
  /** What it is called by, the same for all its versions. */
  readonly slug: string;
  readonly version: string;
  /** *shadow* and *proposed* are tried and change nothing; *live* counts. */
  readonly state: 'draft' | 'shadow' | 'proposed' | 'live' | 'off';
  readonly harm: Harm;
  readonly clause: string;
  readonly when: string;
  readonly verdict: Exclude<Verdict, 'allow'>;
  readonly name: Partial<Record<Language, string>>;
  readonly why: Partial<Record<Language, string>>;
  /** Null: it came with the program, or they were erased. */
  readonly draftedBy: string | null;
  readonly proposedBy: string | null;
  /** Since when it has been in its state. */
  readonly since: Date;
  /** It fell back by itself, having hit too much, and nobody has tried it again since. */
  readonly braked: boolean;
}

/** A rule counts only after it was tried and two people wanted it; one person, or its own excess, ends that at once. */
export const ruleTransitions: readonly Transition<Rule['state']>[] = [
  { from: null, to: 'draft', by: 'rule.drafted' },
  { from: 'draft', to: 'shadow', by: 'rule.shadowed' },
  { from: 'off', to: 'shadow', by: 'rule.shadowed' },
  { from: 'shadow', to: 'proposed', by: 'rule.proposed' },
  { from: 'proposed', to: 'live', by: 'rule.made-live' },
  { from: 'live', to: 'shadow', by: 'rule.braked', when: 'it hit too much' },
  { from: 'draft', to: 'off', by: 'rule.switched-off' },
  { from: 'shadow', to: 'off', by: 'rule.switched-off' },
  { from: 'proposed', to: 'off', by: 'rule.switched-off' },
  { from: 'live', to: 'off', by: 'rule.switched-off' },
];

/** As the engine takes it: what is proposed is still a shadow. Only what is tried at all. */
export function forEngine(rules: readonly Rule[]): EngineRule[] {
  return rules.flatMap(({ slug, version, state, harm, clause, when, verdict, name, why }) =>
    state === 'draft' || state === 'off'
      ? []
      : [{ id: slug, version, state: state === 'live' ? 'live' : 'shadow', harm, clause, when, verdict, name, why }],
  );
}

/** How long a live rule is young, and from how many hits and which share of the traffic on it stops itself. */
export const brakeSettings = { youngHours: 24, hits: 50, share: 0.05 } as const;

/** Does a live rule hit so much that it must be wrong? Asked of what one process has seen since the rule went live there. Pure. */
export function runsAway({ liveSince, now, hits, screened }: { liveSince: Date; now: Date; hits: number; screened: number }): boolean {
  const young = now.getTime() - liveSince.getTime() < brakeSettings.youngHours * 3_600_000;
  return young && hits >= brakeSettings.hits && hits / screened > brakeSettings.share;
}
