import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type AwaitedMedia, mediaTransitions } from './media.ts';

/** Where a service's files may be fetched from. */
export interface MediaHost {
  readonly host: string;
  /** It may lie in the operator's own network. */
  readonly inside: boolean;
}

interface Tables {
  'subjects.service': { slug: string; media_hosts: MediaHost[] | string };
  'subjects.revision': { id: string; complete: boolean };
  'subjects.media': {
    id: string;
    revision: string;
    place: number;
    state: string;
    reason: string | null;
    awaited_at: Date;
    settled_at: Date | null;
    record: string;
  };
  'perisai.media_fetch': { media: string; next_at: Date; tries: number; failure: string | null };
}

export async function setMediaHosts(because: Because<'service.media-hosts-set'>): Promise<void> {
  await changing<Tables>(because)
    .updateTable('subjects.service')
    .set({ media_hosts: JSON.stringify(because.payload.hosts) })
    .where('slug', '=', because.record.service)
    .execute();
}

/** Served by the primary key. */
export async function mediaHostsOf(tx: Tx, service: string): Promise<readonly MediaHost[]> {
  const row = await reading<Tables>(tx).selectFrom('subjects.service').select('media_hosts').where('slug', '=', service).executeTakeFirst();
  return (row?.media_hosts as MediaHost[] | undefined) ?? [];
}

export async function awaitMedia(because: Because<'media.awaited'>): Promise<void> {
  const { media, revision, place } = because.payload;
  const { id: record, recordedAt: awaited_at } = because.record;
  await changing<Tables>(because)
    .insertInto('subjects.media')
    .values({ id: media, revision, place, state: 'awaited', reason: null, awaited_at, settled_at: null, record })
    .execute();
}

/** The file is there; with the last one that was missing, the snapshot is whole. */
export async function keepMedia(because: Because<'media.kept'>): Promise<void> {
  await settle(because, 'kept', null);
  if (because.payload.completes)
    await changing<Tables>(because)
      .updateTable('subjects.revision')
      .set({ complete: true })
      .where('id', '=', because.payload.revision)
      .execute();
}

export async function failMedia(because: Because<'media.failed'>): Promise<void> {
  await settle(because, 'failed', because.payload.reason);
}

async function settle(because: Because<'media.kept'> | Because<'media.failed'>, state: 'kept' | 'failed', reason: string | null) {
  const moved = await changing<Tables>(because as Because)
    .updateTable('subjects.media')
    .set({ state, reason, settled_at: because.record.recordedAt })
    .where('id', '=', because.payload.media)
    .where('state', 'in', statesBefore(mediaTransitions, state, because.record.kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because as Because, state);
}

const columns = ['id', 'revision', 'place', 'state', 'reason', 'awaited_at as awaitedAt', 'settled_at as settledAt', 'record'] as const;

/** Served by the primary key. */
export async function findMedia(tx: Tx, id: string): Promise<AwaitedMedia | undefined> {
  return (await reading<Tables>(tx).selectFrom('subjects.media').select(columns).where('id', '=', id).executeTakeFirst()) as
    | AwaitedMedia
    | undefined;
}

/** What was handed in of a revision by address, in the order in which it was; a place may stand there twice, the last one counts. Served by media_by_revision. */
export async function mediaOf(tx: Tx, revision: string): Promise<AwaitedMedia[]> {
  return (await reading<Tables>(tx)
    .selectFrom('subjects.media')
    .select(columns)
    .where('revision', '=', revision)
    .orderBy('awaited_at')
    .orderBy('id')
    .execute()) as AwaitedMedia[];
}

/** Lays out a file to be fetched. Technical: what becomes of it is a record. */
export async function queueFetch(tx: Tx, media: string, at: Date): Promise<void> {
  await technical<Tables>(tx).insertInto('perisai.media_fetch').values({ media, next_at: at, tries: 0, failure: null }).execute();
}

/** Files that are due, the longest first, each for one process at a time until its lease ends: a crash leaves them to the next. Walks media_fetch_due. */
export async function takeDueFetches(tx: Tx, now: Date, leaseUntil: Date, limit: number): Promise<{ media: string; tries: number }[]> {
  const { rows } = await sql<{ media: string; tries: number }>`
    update perisai.media_fetch f set next_at = ${leaseUntil}, tries = f.tries + 1
    from (select media from perisai.media_fetch where next_at <= ${now} order by next_at limit ${limit} for update skip locked) due
    where f.media = due.media returning f.media, f.tries`.execute(technical(tx));
  return rows;
}

export async function postponeFetch(tx: Tx, media: string, at: Date, failure: string): Promise<void> {
  await technical<Tables>(tx).updateTable('perisai.media_fetch').set({ next_at: at, failure }).where('media', '=', media).execute();
}

export async function endFetch(tx: Tx, media: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('perisai.media_fetch').where('media', '=', media).execute();
}
