import { checkLeaf, type Json, parseCanonical } from '@perisai/log';
import type { Tx } from '../foundation/db/transaction.ts';
import { decrypt } from '../foundation/seal-text.ts';
import { type Because, because } from './because.ts';
import { partiesOf } from './handle.sql.ts';
import { upcast } from './kinds/upcast.ts';
import type { Kind, Payload } from './kinds.ts';
import { findRecord, findSealed, type SealedField } from './record.sql.ts';
import type { Spine } from './spine.ts';

/** One record as it lies in the log, with the confidential values that can still be opened. */
export interface Told {
  readonly index: number | null;
  readonly line: string;
  readonly openings: readonly { readonly field: string; readonly salt: string; readonly value: Json }[];
}

/** A subscriber, a screen or the fold hears a record again: same head, same payload, confidential fields opened or null. */
export type Heard = { [K in Kind]: Because<K> }[Kind];

/** The record with this id; null when there is none. Index null: committed, not yet sequenced. Served by record's and leaf's keys. */
export async function tell(spine: Pick<Spine, 'keys'>, tx: Tx, id: string): Promise<Told | null> {
  const [row, sealed] = await Promise.all([findRecord(tx, id), findSealed(tx, [id])]);
  return row ? { ...row, openings: await openings(spine, id, sealed) } : null;
}

/** The openings of a record's sealed fields; those whose key was destroyed are left out. */
export async function openings(spine: Pick<Spine, 'keys'>, id: string, sealed: readonly SealedField[]): Promise<Told['openings']> {
  const opened = await Promise.all(
    sealed.map(async ({ field, handle, sealed: bytes }) => {
      const key = await spine.keys.get(handle.toString('base64'));
      if (key === null) return [];
      const { salt, value } = JSON.parse(decrypt(key, bytes, Buffer.from(`${id}${field}`)).toString('utf8')) as {
        salt: string;
        value: Json;
      };
      return [{ field, salt, value }];
    }),
  );
  return opened.flat();
}

/**
 * Tells an old record again on a transaction of now, for a subscriber or the fold: who its handles mean is looked up in `from`.
 * @param on the transaction that the answer changes; the one it is read from where not given.
 */
export async function retell(told: Told, from: Tx, on: Tx = from): Promise<Heard> {
  const leaf = checkLeaf(parseCanonical(told.line));
  const known = await partiesOf(
    from,
    leaf.parties.map((party) => party.handle),
  );
  const payload: Record<string, unknown> = { ...leaf.payload };
  for (const [field, value] of Object.entries(payload)) {
    if (typeof value !== 'object' || value === null || !('commitment' in value)) continue;
    payload[field] = told.openings.find((opening) => opening.field === `/payload/${field}`)?.value ?? null;
  }
  return because(
    on,
    {
      id: leaf.id,
      kind: leaf.kind as Kind,
      service: leaf.service,
      case: leaf.case,
      caseSeq: leaf.case_seq,
      occurredAt: new Date(leaf.occurred_at),
      recordedAt: new Date(leaf.recorded_at),
    },
    upcast(leaf.kind as Kind, leaf.version, payload, leaf) as Payload<Kind>,
    new Map(leaf.parties.map((party) => [party.role, known.get(party.handle) ?? null])),
  ) as unknown as Heard;
}

/** The versions of what was used when this was recorded: rules, lists, guidelines. */
export async function versionsOf(tx: Tx, id: string): Promise<Readonly<Record<string, string>>> {
  const row = await findRecord(tx, id);
  return row ? checkLeaf(parseCanonical(row.line)).versions : {};
}

/** The opened payload of a record that a screen shows. Whoever reveals sensitive material writes `material.viewed` in the same transaction. */
export async function reveal<K extends Kind>(spine: Pick<Spine, 'keys'>, tx: Tx, kind: K, id: string): Promise<Payload<K> | null> {
  const told = await tell(spine, tx, id);
  if (!told) return null;
  const heard = await retell(told, tx);
  if (heard.record.kind !== kind) throw new TypeError(`${id} is a ${heard.record.kind}, not a ${kind}`);
  return heard.payload as Payload<K>;
}
