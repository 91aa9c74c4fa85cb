import { type Generated, sql } from 'kysely';
import { later, reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { Account, Item, Revision, Service, Surface } from './subject.ts';

interface Tables {
  'subjects.service': {
    slug: string;
    name: string;
    languages: string[];
    webhook_url: string | null;
    webhooks_per_second: Generated<number>;
    webhooks_at_once: Generated<number>;
    registered_at: Date;
  };
  'subjects.surface': {
    service: string;
    slug: string;
    type: string;
    private: string;
    private_reason: string;
    screening: boolean;
    defined_at: Date;
  };
  'subjects.account': {
    id: string;
    service: string;
    external_id: string;
    handle: string | null;
    language: string | null;
    age_band: string | null;
    noted_at: Date;
  };
  'subjects.identifier': { account: string; kind: string; digest: string; noted_at: Date };
  'subjects.item': {
    id: string;
    service: string;
    kind: string;
    own_kind: string | null;
    surface: string;
    external_id: string | null;
    author: string | null;
    first_seen_at: Date;
  };
  'subjects.revision': {
    id: string;
    item: string;
    platform_revision: string;
    attested: string;
    complete: boolean;
    record: string;
    seen_at: Date;
    dated_at: Date | null;
    as_created: boolean;
  };
}

export async function upsertService(because: Because<'service.registered'>): Promise<void> {
  const { slug, name, languages, webhook_url } = because.payload;
  await changing<Tables>(because)
    .insertInto('subjects.service')
    .values({ slug, name, languages, webhook_url, registered_at: because.record.recordedAt })
    .onConflict((on) => on.column('slug').doUpdateSet({ name, languages, webhook_url }))
    .execute();
}

/** How fast its webhooks leave from now on. */
export async function setPace(because: Because<'service.pace-set'>): Promise<void> {
  const { per_second, at_once } = because.payload;
  await changing<Tables>(because)
    .updateTable('subjects.service')
    .set({ webhooks_per_second: per_second, webhooks_at_once: at_once })
    .where('slug', '=', because.record.service)
    .execute();
}

export async function upsertSurface(because: Because<'surface.defined'>): Promise<void> {
  const { screening, private_reason, type, slug, private: isPrivate } = because.payload;
  const profile = { type, private: isPrivate, private_reason, screening, defined_at: because.record.recordedAt };
  await changing<Tables>(because)
    .insertInto('subjects.surface')
    .values({ service: because.record.service, slug, ...profile })
    .onConflict((on) => on.columns(['service', 'slug']).doUpdateSet(profile))
    .execute();
}

/** A row about an erased person does not come back: without a party there is no account. */
export async function upsertAccount(because: Because<'account.noted'>): Promise<void> {
  const id = because.party('account');
  const { external_id, handle, language, age_band } = because.payload;
  if (id === null || external_id === null) return;
  const noted = { handle, language, age_band, noted_at: because.record.recordedAt };
  later(
    changing<Tables>(because)
      .insertInto('subjects.account')
      .values({ id, service: because.record.service, external_id, ...noted })
      .onConflict((on) => on.column('id').doUpdateSet(noted))
      .execute(),
  );
}

/** Without a party there is nobody to be known by anything. */
export async function insertIdentifiers(because: Because<'account.identified'>): Promise<void> {
  const account = because.party('account');
  const { identifiers } = because.payload;
  if (account === null || identifiers === null || identifiers.length === 0) return;
  await changing<Tables>(because)
    .insertInto('subjects.identifier')
    .values(identifiers.map(({ kind, digest }) => ({ account, kind, digest, noted_at: because.record.recordedAt })))
    .onConflict((on) => on.doNothing())
    .execute();
}

export async function insertSnapshot(because: Because<'content.snapshotted'>): Promise<void> {
  const { item, revision, item_kind, own, surface, external_id, platform_revision, attested, complete } = because.payload;
  const { created_at, written_at } = because.payload;
  const seen_at = because.record.recordedAt;
  const of = {
    id: item,
    service: because.record.service,
    kind: item_kind,
    own_kind: own?.kind ?? null,
    surface,
    external_id,
    author: because.party('author'),
    first_seen_at: seen_at,
  };
  await changing<Tables>(because)
    .with('item', (on) =>
      on
        .insertInto('subjects.item')
        .values(of)
        .onConflict((twin) => twin.column('id').doNothing()),
    )
    .insertInto('subjects.revision')
    .values({
      ...{ id: revision, item, platform_revision, attested, complete, record: because.record.id, seen_at },
      ...(written_at === null && created_at !== null
        ? asCreated(item, new Date(created_at))
        : { dated_at: written_at === null ? null : new Date(written_at), as_created: false }),
    })
    .execute();
}

/** One revision of an item is the one that it was created with: another that says so, too, is an edit, and of what day nobody said. Served by revision_as_created. */
function asCreated(item: string, at: Date) {
  const first = sql<boolean>`not exists (select from subjects.revision r where r.item = ${item}::uuid and r.as_created)`;
  return { dated_at: sql<Date | null>`case when ${first} then ${at}::timestamptz end`, as_created: first };
}

/** What a person's erasure takes from these tables: the account's row with *profile*, what it is known by with
 * *linking*, their name on items with *evidence*. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  const on = changing<Tables>(because);
  if (because.payload.purpose === 'profile') await on.deleteFrom('subjects.account').where('id', '=', party).execute();
  if (because.payload.purpose === 'linking') await on.deleteFrom('subjects.identifier').where('account', '=', party).execute();
  if (because.payload.purpose === 'evidence')
    await on.updateTable('subjects.item').set({ author: null, external_id: null }).where('author', '=', party).execute();
}

const serviceColumns = [
  'slug',
  'name',
  'languages',
  'webhook_url as webhookUrl',
  'webhooks_per_second as perSecond',
  'webhooks_at_once as atOnce',
] as const;

/** Served by the primary key. */
export async function findService(tx: Tx, slug: string): Promise<Service | undefined> {
  return reading<Tables>(tx).selectFrom('subjects.service').select(serviceColumns).where('slug', '=', slug).executeTakeFirst();
}

/** All services of the provider: a handful. */
export async function listServices(tx: Tx): Promise<Service[]> {
  return reading<Tables>(tx).selectFrom('subjects.service').select(serviceColumns).orderBy('registered_at').execute();
}

/** Served by the primary key. */
export async function findSurface(tx: Tx, service: string, slug: string): Promise<Surface | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('subjects.surface')
    .select(['slug', 'type', 'private', 'screening'])
    .where('service', '=', service)
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row as Surface | undefined;
}

/** Served by the primary key. */
export async function findAccount(tx: Tx, id: string): Promise<Account | undefined> {
  return (await findAccounts(tx, [id]))[0];
}

/** Those of them that are known, in no order. Served by the primary key. */
export async function findAccounts(tx: Tx, ids: readonly string[]): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select id, service, external_id as "externalId", handle, language, age_band as "ageBand" from subjects.account where id = any(${ids}::uuid[])`.execute(
    reading(tx),
  );
  return rows;
}

/** By what an account is known. Served by the primary key. */
export async function identifiersOf(tx: Tx, account: string): Promise<{ kind: string; digest: string }[]> {
  return reading<Tables>(tx).selectFrom('subjects.identifier').select(['kind', 'digest']).where('account', '=', account).execute();
}

/** Served by the primary key. */
export async function findItem(tx: Tx, id: string): Promise<Item | undefined> {
  return reading<Tables>(tx)
    .selectFrom('subjects.item')
    .select(['id', 'service', 'kind', 'surface', 'external_id as externalId', 'author'])
    .select(sql<string>`coalesce(own_kind, kind)`.as('called'))
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Served by the primary key. */
export async function findRevision(tx: Tx, id: string): Promise<Revision | undefined> {
  return reading<Tables>(tx)
    .selectFrom('subjects.revision')
    .select(['id', 'item', 'platform_revision as platformRevision', 'seen_at as seenAt', 'dated_at as datedAt', 'complete', 'record'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest revision that was seen of an account's profile; undefined where none was handed in. Served by item_profile. */
export async function findProfile(tx: Tx, account: string): Promise<{ item: string; surface: string; revision: string } | undefined> {
  return reading<Tables>(tx)
    .selectFrom('subjects.item')
    .innerJoin('subjects.revision', 'subjects.revision.item', 'subjects.item.id')
    .select(['subjects.item.id as item', 'subjects.item.surface', 'subjects.revision.id as revision'])
    .where('subjects.item.author', '=', account)
    .where('subjects.item.kind', '=', 'profile')
    .orderBy('subjects.revision.seen_at', 'desc')
    .orderBy('subjects.revision.id', 'desc')
    .executeTakeFirst();
}

/** The places of a service, those first that everybody sees. A handful. */
export async function listSurfaces(tx: Tx, service: string): Promise<Surface[]> {
  const { rows } = await sql<Surface>`
    select slug, type, private, screening from subjects.surface where service = ${service}
    order by private = 'yes', type <> 'public-feed', defined_at, slug`.execute(reading(tx));
  return rows;
}

/** One at a time a subject: everything that may open a case on an item, or note an account, waits here until the other transaction ends. */
export async function lock(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 7357))`.execute(reading(tx));
}

/** Several subjects, in one order, so that two transactions never hold what the other waits for. */
export async function lockAll(tx: Tx, ids: readonly string[]): Promise<void> {
  const inOrder = [...new Set(ids)].sort();
  await sql`select pg_advisory_xact_lock(hashtextextended(id, 7357)) from unnest(${inOrder}::text[]) as subject(id)`.execute(reading(tx));
}

/**
 * Several subjects, kept only where something still holds once they are locked; else all of them are let go again, so that whoever asks for more
 * takes everything in one order. What `holds` asks is sent behind the locks, and answered when they are held.
 */
export async function lockWhile(tx: Tx, ids: readonly string[], holds: () => Promise<boolean>): Promise<boolean> {
  later(sql`savepoint locking`.execute(reading(tx)));
  const [, held] = await Promise.all([lockAll(tx, ids), holds()]);
  if (held) {
    later(sql`release savepoint locking`.execute(reading(tx)));
    return true;
  }
  // Advisory locks that were taken after a savepoint are let go with it.
  await sql`rollback to savepoint locking`.execute(reading(tx));
  return false;
}
