import { decodeBase64 } from './base64.ts';
import type { Json } from './jcs.ts';
import { canonicalize } from './jcs.ts';
import { maxRecordBytes } from './tile.ts';

/** Somebody a record speaks of: a handle (base64 of 16 random bytes, a person and purpose has one until erased) and the part they play. */
export interface LeafParty {
  readonly handle: string;
  readonly role: string;
}

/** The leaf of the log: exactly these fields, hashed as their JCS text. */
export interface LeafRecord {
  /** UUID, lower case. */
  readonly id: string;
  /** What happened: `decision.made`. */
  readonly kind: string;
  /** Version of the kind's schema, from 1. */
  readonly version: number;
  /** When it happened; RFC 3339, UTC, 3 decimals, `Z`. */
  readonly occurred_at: string;
  /** When we wrote it down; same form. */
  readonly recorded_at: string;
  /** The provider's service. */
  readonly service: string;
  /** Case and place in the case's order; both null where there is no case. */
  readonly case: string | null;
  readonly case_seq: number | null;
  readonly parties: readonly LeafParty[];
  /** What was in force: `{"policy":"7"}`. */
  readonly versions: { readonly [name: string]: string };
  /** Base64 of 16 random bytes, so that nobody guesses a record from its hash. */
  readonly nonce: string;
  readonly payload: { readonly [key: string]: Json };
}

/** A value is not a leaf; `field` says where (RFC 6901 pointer). */
export class LeafError extends Error {
  override readonly name = 'LeafError';
  readonly code = 'bad-leaf';
  readonly field: string;
  constructor(field: string, message: string) {
    super(`${field === '' ? 'the record' : field} ${message}`);
    this.field = field;
  }
}

/** Checks that a value is a leaf, closed: no field more, none less, each of its form. @throws {LeafError} naming the field. */
export function checkLeaf(value: unknown): LeafRecord {
  const leaf = exactly(value, leafFields, '');
  for (const field of ['id', 'case'] as const) {
    const id = leaf[field];
    if (!(field === 'case' && id === null) && !(typeof id === 'string' && uuid.test(id)))
      throw new LeafError(`/${field}`, 'is not a lower-case UUID');
  }
  for (const field of ['kind', 'service'] as const) if (!isName(leaf[field])) throw new LeafError(`/${field}`, 'is not a text, or empty');
  for (const field of ['occurred_at', 'recorded_at'] as const) {
    if (!isTime(leaf[field])) throw new LeafError(`/${field}`, 'is not a UTC time of the form 2026-11-24T04:00:00.000Z');
  }
  if (!isCount(leaf['version']) || leaf['version'] === 0) throw new LeafError('/version', 'is not a version from 1 on');
  if (leaf['case_seq'] !== null && !isCount(leaf['case_seq'])) throw new LeafError('/case_seq', 'is not a place in a case');
  if ((leaf['case'] === null) !== (leaf['case_seq'] === null)) throw new LeafError('/case_seq', 'and /case must be null together');
  if (!isBytes16(leaf['nonce'])) throw new LeafError('/nonce', 'is not base64 of 16 bytes');
  checkParties(leaf['parties']);
  for (const [name, version] of Object.entries(object(leaf['versions'], '/versions'))) {
    if (typeof version !== 'string') throw new LeafError(`/versions/${name}`, 'is not a text');
  }
  object(leaf['payload'], '/payload');
  return value as LeafRecord;
}

/** The bytes that are hashed, stored and exported: the JCS text in UTF-8. @throws {LeafError} for no leaf, or one over 65,535 bytes. */
export function leafBytes(leaf: LeafRecord): Uint8Array {
  const bytes = Buffer.from(canonicalize(checkLeaf(leaf)));
  if (bytes.length > maxRecordBytes) throw new LeafError('', `has ${bytes.length} bytes, ${maxRecordBytes} are allowed`);
  return bytes;
}

const leafFields = 'id kind version occurred_at recorded_at service case case_seq parties versions nonce payload'.split(' ');
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d{2}-(\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}\.\d{3}Z$/;

function checkParties(parties: unknown): void {
  if (!Array.isArray(parties)) throw new LeafError('/parties', 'is not a list');
  parties.forEach((value: unknown, i) => {
    const party = exactly(value, ['handle', 'role'], `/parties/${i}`);
    if (!isBytes16(party['handle'])) throw new LeafError(`/parties/${i}/handle`, 'is not base64 of 16 bytes');
    if (!isName(party['role'])) throw new LeafError(`/parties/${i}/role`, 'is not a text, or empty');
  });
}

function exactly(value: unknown, fields: readonly string[], at: string): Record<string, unknown> {
  const found = object(value, at);
  for (const field of fields) if (!Object.hasOwn(found, field)) throw new LeafError(`${at}/${field}`, 'is missing');
  if (Object.keys(found).length > fields.length) {
    throw new LeafError(`${at}/${Object.keys(found).find((key) => !fields.includes(key))}`, 'is no field of a leaf');
  }
  return found;
}

function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LeafError(at, 'is not an object');
  return value as Record<string, unknown>;
}

/** Whether it is a time as the log writes it, and one that the calendar has. */
function isTime(value: unknown): boolean {
  const [, day] = typeof value === 'string' ? (time.exec(value) ?? []) : [];
  if (day === undefined || Number.isNaN(Date.parse(value as string))) return false;
  // Date.parse takes 30 February for 2 March.
  return Number(day) <= 28 || new Date(value as string).toISOString() === value;
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isBytes16 = (value: unknown): boolean => typeof value === 'string' && decodeBase64(value, 16) !== null;
