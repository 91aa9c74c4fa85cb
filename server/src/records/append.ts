import { canonicalize, commit, type Json, type LeafRecord, leafBytes } from '@perisai/log';
import { Compile, type Validator } from 'typebox/compile';
import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import { encrypt } from '../foundation/seal-text.ts';
import { type Because, because } from './because.ts';
import { handlesOf, type Party } from './handles.ts';
import { type Kind, kinds, type Payload, secretFields } from './kinds.ts';
import { insertRecord, lastInCase, type SealedField } from './record.sql.ts';
import type { Spine } from './spine.ts';

/** What a step says happened. */
export interface Draft<K extends Kind> {
  readonly kind: K;
  readonly service: string;
  /** The case it belongs to; its row (or, for `case.opened`, its target) is locked by the caller, so that the case has one order. */
  readonly case?: string;
  /** When it happened outside; ours where not given. */
  readonly occurredAt?: Date;
  readonly parties?: readonly Party[];
  readonly payload: Payload<K>;
  readonly versions?: Readonly<Record<string, string>>;
}

const checks = new Map<Kind, Validator>();
const sequences = new WeakMap<Tx, Map<string, number>>();

/**
 * Writes one record in the caller's transaction and gives the reason that changes need. Durable when that transaction commits, in the log
 * within a beat; a crash before leaves nothing but, perhaps, an unused data key.
 * @throws Problem `log-refuses` while the gate is closed.
 */
export async function append<K extends Kind>(spine: Spine, tx: Tx, draft: Draft<K>): Promise<Because<K>> {
  if (!spine.gate.open) throw new Problem('log-refuses', spine.gate.reason);
  checked(draft.kind, draft.payload);
  const parties = draft.parties ?? [];
  const [handles, caseSeq] = await Promise.all([
    handlesOf(spine, tx, parties),
    draft.case === undefined ? null : nextInCase(tx, draft.case, draft.kind),
  ]);
  const recordedAt = spine.clock.now();
  const id = spine.ids.next();
  const sealed = await seal(spine, id, draft, new Map(parties.map((party) => [party.role, handles.get(party) as string])));
  const leaf: LeafRecord = {
    id,
    kind: draft.kind,
    version: kinds[draft.kind].version,
    occurred_at: (draft.occurredAt ?? recordedAt).toISOString(),
    recorded_at: recordedAt.toISOString(),
    service: draft.service,
    case: draft.case ?? null,
    case_seq: caseSeq,
    parties: parties.map((party) => ({ handle: handles.get(party) as string, role: party.role })),
    versions: draft.versions ?? {},
    nonce: spine.random.bytes(16).toString('base64'),
    payload: sealed.payload,
  };
  insertRecord(tx, leaf, Buffer.from(leafBytes(leaf)).toString('utf8'), sealed.fields);
  tx.afterCommit(spine.nudge);
  return because(
    tx,
    { id, kind: draft.kind, service: draft.service, case: leaf.case, caseSeq, occurredAt: draft.occurredAt ?? recordedAt, recordedAt },
    draft.payload,
    new Map(parties.map((party) => [party.role, party.party])),
  );
}

/** The payload as the record holds it: each confidential value replaced by its commitment, and sealed under its owner's key. */
async function seal(spine: Spine, id: string, { kind, payload }: Draft<Kind>, owners: ReadonlyMap<string, string>) {
  const open: Record<string, Json> = { ...(payload as Record<string, Json>) };
  const fields: SealedField[] = [];
  for (const [field, role] of secretFields(kind)) {
    const value = open[field];
    if (value === null || value === undefined) continue;
    const handle = owners.get(role);
    if (handle === undefined) throw new TypeError(`${kind}: nobody has the role ${role}, under whose key ${field} would lie`);
    const key = await spine.keys.get(handle);
    if (key === null) throw new TypeError(`${kind}: the key of ${role} is gone`);
    const salt = spine.random.bytes(32);
    const pointer = `/payload/${field}`;
    const opening = Buffer.from(canonicalize({ salt: salt.toString('base64'), value }));
    fields.push({ field: pointer, handle: Buffer.from(handle, 'base64'), sealed: encrypt(key, opening, Buffer.from(`${id}${pointer}`)) });
    open[field] = { commitment: commit(salt, value) };
  }
  return { payload: open, fields };
}

function checked<K extends Kind>(kind: K, payload: Payload<K>): void {
  const check = checks.get(kind) ?? Compile(kinds[kind].payload);
  checks.set(kind, check);
  // A record is for ever: what doesn't fit its schema is a defect of ours and must not be sealed.
  if (!check.Check(payload))
    throw new TypeError(
      `${kind}: ${JSON.stringify(check.Errors(payload).map(({ instancePath, message }) => `${instancePath} ${message}`))}`,
    );
}

/**
 * Looks up how far a case's order goes, so that the next record of it needs not ask: for a step that asks other things about the case at that
 * moment. The caller holds the case's lock, or has sent for it.
 */
export async function orderIn(tx: Tx, caseId: string): Promise<void> {
  const counted = countedIn(tx);
  const last = await lastInCase(tx, caseId);
  if (!counted.has(caseId)) counted.set(caseId, last);
}

/** The next place in the case's order. The caller holds the case's lock, so nobody else is counting. Served by case_record's key. */
async function nextInCase(tx: Tx, caseId: string, kind: Kind): Promise<number> {
  const counted = countedIn(tx);
  // A case that is being opened has no record yet, and its key would refuse a second beginning.
  const last = counted.get(caseId) ?? (kind === 'case.opened' ? 0 : await lastInCase(tx, caseId));
  counted.set(caseId, last + 1);
  return last + 1;
}

function countedIn(tx: Tx): Map<string, number> {
  const counted = sequences.get(tx) ?? new Map<string, number>();
  sequences.set(tx, counted);
  return counted;
}
