import type { Transition } from '../records/questions.ts';

export type ActionName =
  | 'make-inaccessible'
  | 'remove'
  | 'restore'
  | 'label'
  | 'disable'
  | 'limit'
  | 'age-gate'
  | 'delist'
  | 'demote'
  | 'stop-recommending'
  | 'interrupt'
  | 'warn'
  | 'reprimand'
  | 'restrict-account'
  | 'suspend-account'
  | 'terminate-account'
  | 'reinstate-account';
/** What an item shows, what an account may do. */
type ItemState =
  | 'visible'
  | 'inaccessible'
  | 'removed'
  | 'labelled'
  | 'disabled'
  | 'limited'
  | 'age-gated'
  | 'delisted'
  | 'demoted'
  | 'not-recommended'
  | 'interrupted';
export type AccountState = 'active' | 'warned' | 'reprimanded' | 'restricted' | 'suspended' | 'terminated';
export type DesiredState = ItemState | AccountState;
/** What a platform may say that it shows: `gone` where the author deleted the item, or the account was closed by its holder. */
export const reportedStates = [
  'visible',
  'inaccessible',
  'removed',
  'labelled',
  'disabled',
  'limited',
  'age-gated',
  'delisted',
  'demoted',
  'not-recommended',
  'interrupted',
  'active',
  'warned',
  'reprimanded',
  'restricted',
  'suspended',
  'terminated',
  'gone',
] as const satisfies readonly (DesiredState | 'gone')[];
export type ReportedState = (typeof reportedStates)[number];

/** A desired state of one target on the platform. Done only when the platform has acknowledged it. */
export interface Action {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly decision: string;
  readonly targetKind: 'item' | 'account';
  readonly target: string;
  readonly targetSeq: number;
  readonly do: ActionName;
  readonly desired: DesiredState;
  readonly label: string | null;
  readonly temporary: boolean;
  /** Where it holds, ISO 3166-1; null: everywhere. */
  readonly territory: string | null;
  readonly state: 'ordered' | 'acknowledged' | 'moot' | 'superseded' | 'lapsed';
  readonly reported: string | null;
  readonly mismatches: number;
  readonly notBefore: Date;
  readonly orderedAt: Date;
  readonly settledAt: Date | null;
}

/** An order is settled once: by the platform's word, or because a newer desired state took its place. */
export const actionTransitions: readonly Transition<Action['state']>[] = [
  { from: null, to: 'ordered', by: 'action.ordered' },
  { from: 'ordered', to: 'ordered', by: 'action.mismatched', when: 'the platform shows something else' },
  { from: 'ordered', to: 'acknowledged', by: 'action.acknowledged' },
  { from: 'ordered', to: 'moot', by: 'action.acknowledged', when: 'the target is gone' },
  { from: 'ordered', to: 'superseded', by: 'action.ordered', when: 'a newer one on the same target' },
  { from: 'ordered', to: 'lapsed', by: 'action.lapsed', when: 'its time ended before it was done' },
];
