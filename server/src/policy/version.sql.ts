import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved } from '../records/questions.ts';
import { shippedTexts } from './catalogue.ts';
import { applied, type Changes, digestOf, type PolicyDocument } from './document.ts';
import { Policy } from './policy.ts';

interface Tables {
  'policy.version': {
    policy: string;
    digest: string;
    single_handed: boolean;
    published_at: Date;
    in_force_from: Date;
    based_on: string | null;
    changes: string | null;
    withdrawn_at: Date | null;
  };
}

/** The version that a new installation begins with: its text came with the program. */
export async function insertVersion(because: Because<'policy.published'>): Promise<void> {
  const { policy, digest, single_handed } = because.payload;
  const published_at = because.record.recordedAt;
  await changing<Tables>(because)
    .insertInto('policy.version')
    .values({ policy, digest, single_handed, published_at, in_force_from: published_at, based_on: null, changes: null, withdrawn_at: null })
    .execute();
}

/** A version that the operator wrote: it takes effect by the clock. */
export async function insertScheduled(because: Because<'policy.scheduled'>): Promise<void> {
  const { policy, digest, based_on, changes, in_force_from, single_handed } = because.payload;
  await changing<Tables>(because)
    .insertInto('policy.version')
    .values({
      policy,
      digest,
      single_handed,
      published_at: because.record.recordedAt,
      in_force_from: new Date(in_force_from),
      based_on,
      changes: JSON.stringify(changes),
      withdrawn_at: null,
    })
    .execute();
}

/** Another person has looked at what a new installation began with, or at what somebody published alone. */
export async function confirmVersion(because: Because<'policy.confirmed'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('policy.version')
    .set({ single_handed: false })
    .where('policy', '=', because.payload.policy)
    .where('digest', '=', because.payload.digest)
    .where('single_handed', '=', true)
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'confirmed');
}

/** Before it took effect, a version is taken back; its number stays taken. */
export async function withdrawVersion(because: Because<'policy.withdrawn'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('policy.version')
    .set({ withdrawn_at: because.record.recordedAt })
    .where('policy', '=', because.payload.policy)
    .where('withdrawn_at', 'is', null)
    .where('in_force_from', '>', because.record.recordedAt)
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'withdrawn');
}

/** A version as the list of all shows it. */
export interface VersionRow {
  readonly policy: string;
  readonly digest: string;
  readonly singleHanded: boolean;
  readonly publishedAt: Date;
  readonly inForceFrom: Date;
  readonly basedOn: string | null;
  readonly withdrawnAt: Date | null;
}

const columns = [
  'policy',
  'digest',
  'single_handed as singleHanded',
  'published_at as publishedAt',
  'in_force_from as inForceFrom',
  'based_on as basedOn',
  'withdrawn_at as withdrawnAt',
] as const;

/** Every version there ever was, the newest first. Withdrawn ones too. A handful. */
export async function allVersions(tx: Tx): Promise<VersionRow[]> {
  const rows = await reading<Tables>(tx).selectFrom('policy.version').select(columns).execute();
  return rows.sort((one, other) => Number(other.policy) - Number(one.policy));
}

/** Served by the primary key. */
export async function findVersion(tx: Tx, policy: string): Promise<VersionRow | undefined> {
  return reading<Tables>(tx).selectFrom('policy.version').select(columns).where('policy', '=', policy).executeTakeFirst();
}

/** The whole text of a version; undefined where there never was one of that number. */
export async function policyNamed(tx: Tx, policy: string): Promise<Policy | undefined> {
  const row = await findVersion(tx, policy);
  return row && whole(tx, row);
}

/**
 * The version that bound at a moment: the newest that had taken effect by then and was not withdrawn. Before the first, the first. It follows
 * from the clock alone, so a version takes effect at its instant in every process. A handful of rows; served by version_in_force.
 */
export async function policyAt(tx: Tx, at: Date): Promise<Policy> {
  const versions = reading<Tables>(tx).selectFrom('policy.version').select(columns).where('withdrawn_at', 'is', null);
  const row =
    (await versions
      .where('in_force_from', '<=', at)
      .orderBy('in_force_from', 'desc')
      .orderBy(sql`length(policy)`, 'desc')
      .orderBy('policy', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? (await versions.orderBy('in_force_from').limit(1).executeTakeFirst());
  if (!row) throw new Error('no policy was ever published here: an installation begins with one');
  return whole(tx, row);
}

/** Texts never change, so they are kept by their digest; what a version is besides is read each time. */
const texts = new Map<string, PolicyDocument>(shippedTexts);

async function whole(tx: Tx, row: VersionRow): Promise<Policy> {
  return new Policy({ ...row, document: texts.get(row.digest) ?? (await composed(tx, row)) });
}

/** From the version it is based on and what it changes of it, down to the one that came with the program. */
async function composed(tx: Tx, { policy, digest, basedOn, inForceFrom }: VersionRow): Promise<PolicyDocument> {
  const base = basedOn === null ? undefined : await policyNamed(tx, basedOn);
  const row = await reading<Tables>(tx).selectFrom('policy.version').select('changes').where('policy', '=', policy).executeTakeFirst();
  if (!base || !row?.changes) throw new Error(`the text of version ${policy} of the policy (${digest}) did not come with this program`);
  const document = applied(base.document, row.changes as unknown as Changes, policy, inForceFrom.toISOString());
  if (digestOf(document) !== digest) throw new Error(`version ${policy} of the policy is not the text that was published (${digest})`);
  if (texts.size > 100) for (const key of texts.keys()) if (!shippedTexts.has(key)) texts.delete(key);
  texts.set(digest, document);
  return document;
}
