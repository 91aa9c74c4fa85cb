import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/transaction.ts';
import type { Randomness } from '../randomness.ts';
import type { ServiceKeyRow } from './keys.sql.ts';
import { endKey, insertKey, keyById, keysOfService, lockKey } from './keys.sql.ts';

/** What a key opens. */
export const scopes = ['screen', 'report', 'action', 'appeal', 'read'] as const;
export type Scope = (typeof scopes)[number];

/** Who is calling. */
export interface Caller {
  /** The service's slug: everything the request does is done for it. */
  readonly slug: string;
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  /** Who holds the key, where it is not the service itself: they act as nobody else. */
  readonly heldBy: string | null;
}

/** A key as it may be shown: everything but the secret, which nobody has. */
export interface ServiceKey {
  readonly id: string;
  readonly service: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly heldBy: string | null;
  readonly replaces: string | null;
  readonly createdAt: Date;
  readonly notAfter: Date | null;
  readonly revokedAt: Date | null;
}

/** The whole key, `psk_<id>_<secret>`: shown once, when it is made. */
export interface NewServiceKey {
  readonly id: string;
  readonly token: string;
}

interface Means {
  readonly clock: Clock;
  readonly random: Randomness;
}

/** How long a revoked key may still be taken by another process, and an unknown one refused: 5 s. */
const cacheMs = 5000;
const cacheSize = 10_000;
const form = /^psk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** @param request.notAfter the instant from which it opens nothing; without it, until it is rotated or revoked */
export async function createServiceKey(
  tx: Tx,
  means: Means,
  request: {
    readonly service: string;
    readonly label: string;
    readonly scopes: readonly Scope[];
    readonly notAfter?: Date;
    readonly heldBy?: string;
  },
): Promise<NewServiceKey> {
  return make(tx, means, { ...request, notAfter: request.notAfter ?? null, heldBy: request.heldBy ?? null, replaces: null });
}

/**
 * A new key with the same service and scopes; the old one goes on until `overlapMs` from now, or its own end where that is sooner, so that
 * a service can change keys without an interruption.
 * @throws RangeError when the old key is unknown, revoked or over
 */
export async function rotateServiceKey(
  tx: Tx,
  means: Means,
  id: string,
  overlapMs: number,
): Promise<NewServiceKey & { readonly oldNotAfter: Date }> {
  const old = await lockKey(tx, id);
  const now = means.clock.now();
  if (old === undefined || !live(old, now)) throw new RangeError(`No live service key ${id}`);
  const end = new Date(now.getTime() + overlapMs);
  const oldNotAfter = old.not_after !== null && old.not_after < end ? old.not_after : end;
  await endKey(tx, id, { not_after: oldNotAfter });
  const made = await make(tx, means, {
    service: old.service,
    label: old.label,
    scopes: old.scopes as Scope[],
    notAfter: null,
    heldBy: old.held_by,
    replaces: id,
  });
  return { ...made, oldNotAfter };
}

/** From now on it opens nothing; other processes know within 5 s. Revoking twice keeps the first time. @throws RangeError when unknown */
export async function revokeServiceKey(tx: Tx, means: Pick<Means, 'clock'>, id: string): Promise<void> {
  const key = await lockKey(tx, id);
  if (key === undefined) throw new RangeError(`No service key ${id}`);
  if (key.revoked_at === null) await endKey(tx, id, { revoked_at: means.clock.now() });
}

/** All keys of a service, oldest first. */
export async function listServiceKeys(tx: Tx, service: string): Promise<ServiceKey[]> {
  const rows = await keysOfService(tx, service);
  return rows.map((row) => ({
    ...{ id: row.id, service: row.service, label: row.label, scopes: row.scopes as Scope[], heldBy: row.held_by, replaces: row.replaces },
    ...{ createdAt: row.created_at, notAfter: row.not_after, revokedAt: row.revoked_at },
  }));
}

/** From a token to its caller, or null for any token that opens nothing: unknown, wrong, over and revoked are not told apart. */
export type ResolveKey = (token: string) => Promise<Caller | null>;

/**
 * Looks keys up in the doors' pool and remembers each, known or not, for 5 s of the injected clock. The secret is compared each time, in
 * constant time.
 */
export function keyResolver(house: { readonly db: Database; readonly clock: Clock }): ResolveKey {
  const remembered = new Map<string, { readonly at: number; readonly row: Promise<ServiceKeyRow | undefined> }>();

  function lookUp(id: string, now: number): Promise<ServiceKeyRow | undefined> {
    const known = remembered.get(id);
    if (known !== undefined && now >= known.at && now - known.at < cacheMs) return known.row;
    const row = house.db.begin('doors', (tx) => keyById(tx, id));
    remembered.delete(id);
    remembered.set(id, { at: now, row });
    // the oldest goes, so that guessed ids can't fill the memory
    for (const oldest of remembered.keys()) {
      if (remembered.size <= cacheSize) break;
      remembered.delete(oldest);
    }
    row.catch(() => remembered.delete(id));
    return row;
  }

  return async (token) => {
    const [, id, secret] = form.exec(token) ?? [];
    if (id === undefined || secret === undefined) return null;
    const now = house.clock.now();
    const row = await lookUp(id, now.getTime());
    const same = timingSafeEqual(hash(secret), row?.secret_hash ?? Buffer.alloc(32));
    return row !== undefined && same && live(row, now)
      ? { slug: row.service, keyId: row.id, scopes: row.scopes as Scope[], heldBy: row.held_by }
      : null;
  };
}

function live(row: ServiceKeyRow, now: Date): boolean {
  return row.revoked_at === null && (row.not_after === null || now < row.not_after);
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'ascii').digest();
}

async function make(
  tx: Tx,
  { clock, random }: Means,
  key: { service: string; label: string; scopes: readonly Scope[]; notAfter: Date | null; heldBy: string | null; replaces: string | null },
): Promise<NewServiceKey> {
  const id = random.bytes(8).toString('hex');
  const secret = random.bytes(32).toString('base64url');
  await insertKey(tx, {
    ...{ id, service: key.service, label: key.label, scopes: [...key.scopes], held_by: key.heldBy, replaces: key.replaces },
    ...{ secret_hash: hash(secret), created_at: clock.now(), not_after: key.notAfter, revoked_at: null },
  });
  return { id, token: `psk_${id}_${secret}` };
}
