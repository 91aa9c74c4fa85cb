import type { ActionName, DesiredState } from '../action.ts';

/** One enforcement action: what is asked of the platform, what undoes it, how long it may wait. */
export interface ActionSpec {
  readonly name: ActionName;
  /** The state the platform must report for it to count as done. */
  readonly desired: DesiredState;
  /** The action that takes it back; an action without one would need a second person and the undo window. */
  readonly reverse: ActionName;
  /** Protective actions leave at once; a restoring one waits out the undo window (product.md, "Delivery"). */
  readonly undoWindowSeconds: number;
}
