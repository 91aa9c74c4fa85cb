import { type Statements, Tx } from '../foundation/db/transaction.ts';
import type { Kind, Payload } from './kinds.ts';

/** What every record says of itself, without its payload. Times are the injected clock's. */
export interface RecordHead<K extends Kind = Kind> {
  readonly id: string;
  readonly kind: K;
  readonly service: string;
  readonly case: string | null;
  readonly caseSeq: number | null;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}

const made = Symbol('made by records.append');

/**
 * The reason for a change: a record that lies in the same open transaction. Only `append` (and the fold, which tells old records again)
 * makes one, and every statement on a state table runs through it, so a change without a record, or with a record of the wrong kind,
 * does not compile. It carries all that a verb may use: a verb that needs more than its record says cannot be folded.
 */
export class Because<K extends Kind = Kind> {
  readonly record: RecordHead<K>;
  /** The payload in plain: confidential fields are opened; a field whose key was destroyed is null. */
  readonly payload: Payload<K>;
  readonly #parties: ReadonlyMap<string, string | null>;
  readonly #tx: Tx;

  constructor(seal: typeof made, tx: Tx, record: RecordHead<K>, payload: Payload<K>, parties: ReadonlyMap<string, string | null>) {
    if (seal !== made) throw new TypeError('A Because is made by records.append');
    this.#tx = tx;
    this.record = record;
    this.payload = payload;
    this.#parties = parties;
  }

  /** Who stands in that role: our id of the account, contact or staff member; null when nobody does or the person was erased. */
  party(role: string): string | null {
    return this.#parties.get(role) ?? null;
  }

  /** @internal */
  static transaction(because: Because): Tx {
    return because.#tx;
  }
}

/** @internal for append.ts and retell.ts: the second key of the lock. */
export function because<K extends Kind>(
  tx: Tx,
  record: RecordHead<K>,
  payload: Payload<K>,
  parties: ReadonlyMap<string, string | null>,
): Because<K> {
  return new Because(made, tx, record, payload, parties);
}

/** Typed statements on the state tables of the calling module. Used in `*.sql.ts` only. */
export function changing<Tables>(reason: Because): Statements<Tables> {
  return Tx.open(Because.transaction(reason)) as unknown as Statements<Tables>;
}
