import type { Because } from './because.ts';
import type { Kind } from './kinds.ts';

/**
 * One change of state that a noun knows: from which to which, by which kind of record. `from` null: how it begins. The database holds the
 * same list in a trigger (`perisai.transition_allowed`), and a test compares the two.
 */
export interface Transition<State extends string = string> {
  readonly from: State | null;
  readonly to: State;
  readonly by: Kind;
  /** In a few words, where the kind alone does not say when. */
  readonly when?: string;
}

/** The states from which a record of this kind leads there: what a verb's statement asks for. */
export function statesBefore<S extends string>(table: readonly Transition<S>[], to: S, by: Kind): S[] {
  return table.flatMap(({ from, ...row }) => (from !== null && row.to === to && row.by === by ? [from] : []));
}

/** A record tells of a change that the state does not allow: a defect of the step that appended it, whose transaction must not commit. */
export class TransitionError extends Error {
  override readonly name = 'TransitionError';
}

/** Holds a verb to having moved its row. @throws TransitionError where no row stood in a state that the record leads on from. */
export function mustHaveMoved({ numUpdatedRows }: { readonly numUpdatedRows: bigint }, because: Because, to: string): void {
  if (numUpdatedRows === 0n)
    throw new TransitionError(`${because.record.kind} ${because.record.id}: nothing stands where it could become ${to}`);
}
