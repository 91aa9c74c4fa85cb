import type { Transition } from '../records/questions.ts';
import type { Changes } from './document.ts';

/** A version of the policy that is being written: what it will say otherwise than the one it is based on. */
export interface Draft {
  readonly id: string;
  readonly basedOn: string;
  readonly changes: Changes;
  /** Of the changes: whoever reviews says which words they saw. */
  readonly digest: string;
  readonly state: 'drafting' | 'accepted' | 'scheduled' | 'dropped';
  /** Everybody who wrote at it: none of them reviews it. */
  readonly authors: readonly string[];
  readonly reviewedBy: string | null;
  /** The record of the last review, which keeps its reason; null before. */
  readonly review: string | null;
  readonly changedAt: Date;
  /** The version that it became. */
  readonly policy: string | null;
}

/** Whatever is changed after the review has to be reviewed again. */
export const draftTransitions: readonly Transition<Draft['state']>[] = [
  { from: null, to: 'drafting', by: 'policy.drafted' },
  { from: 'drafting', to: 'drafting', by: 'policy.drafted', when: 'changed' },
  { from: 'accepted', to: 'drafting', by: 'policy.drafted', when: 'changed after all' },
  { from: 'drafting', to: 'accepted', by: 'policy.reviewed', when: 'accepted by another person' },
  { from: 'drafting', to: 'drafting', by: 'policy.reviewed', when: 'returned' },
  { from: 'accepted', to: 'scheduled', by: 'policy.scheduled' },
  { from: 'drafting', to: 'scheduled', by: 'policy.scheduled', when: 'by whoever wrote it, under break-glass' },
  { from: 'drafting', to: 'dropped', by: 'policy.dropped' },
  { from: 'accepted', to: 'dropped', by: 'policy.dropped' },
];
