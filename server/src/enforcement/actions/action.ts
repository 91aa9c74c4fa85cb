import type { ActionName, DesiredState } from '../action.ts';

/** One enforcement action: what is asked of the platform, what undoes it. What waits for its undo window is not ordered before that is over (`decisions/held.ts`). */
export interface ActionSpec {
  readonly name: ActionName;
  /** What it is done to. */
  readonly target: 'item' | 'account';
  /** The state the platform must report for it to count as done. */
  readonly desired: DesiredState;
  /** The action that takes it back. What can never be taken back would say why here; nothing yet is. */
  readonly reverse: ActionName;
}
