import type { FinalDetermination } from '../policy/questions.ts';
import type { Transition } from '../records/questions.ts';
import type { Need } from './two-people.ts';

/**
 * What a proposal answers, where its case was decided before: an appeal (how it ends, and whether for that decision alone of what was decided as
 * one), an inquiry, or, by the decision's id, the review of what was decided alone. `decision`: the one that is contested.
 */
export type Answers = { readonly id: string; readonly decision: string } & (
  | { readonly to: 'appeal'; readonly outcome: 'overturned' | 'partly'; readonly alone: boolean }
  | { readonly to: 'inquiry' | 'review'; readonly outcome: null; readonly alone: null }
);

/** A decision that one person would make and that needs two. `record` holds the reason. */
export interface Proposal {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly revision: string;
  readonly determination: FinalDetermination;
  readonly clause: string | null;
  /** Where it would hold: in Malaysia only, or everywhere. */
  readonly territory: 'MY' | null;
  /** For how many days; null: for good. */
  readonly days: number | null;
  readonly policy: string;
  readonly needs: readonly Need[];
  readonly after: string | null;
  /** Of how many cases as one; null where it is about its own case alone. */
  readonly bundle: number | null;
  readonly answers: Answers | null;
  readonly state: 'waiting' | 'confirmed' | 'changed' | 'refused' | 'cancelled';
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly decision: string | null;
  readonly record: string;
}

/** A proposal is settled once: by a second person, or taken back by who made it. */
export const proposalTransitions: readonly Transition<Proposal['state']>[] = [
  { from: null, to: 'waiting', by: 'decision.proposed' },
  { from: 'waiting', to: 'confirmed', by: 'proposal.settled', when: 'a second person agrees' },
  { from: 'waiting', to: 'changed', by: 'proposal.settled', when: 'a second person decides otherwise' },
  { from: 'waiting', to: 'refused', by: 'proposal.settled', when: 'a second person gives the case back' },
  { from: 'waiting', to: 'cancelled', by: 'proposal.settled', when: 'the first person takes it back' },
];
