import type { ActionName, DesiredState } from '../action.ts';

/** One enforcement action: what is asked of the platform, what undoes it, how long it may wait. */
export interface ActionSpec {
  readonly name: ActionName;
  /** What it is done to. */
  readonly target: 'item' | 'account';
  /** The state the platform must report for it to count as done. */
  readonly desired: DesiredState;
  /** The action that takes it back. What can never be taken back would say why here; nothing yet is. */
  readonly reverse: ActionName;
  /** Protective actions leave at once; a restoring one waits out the undo window (product.md, "Delivery"). */
  readonly undoWindowSeconds: number;
}
