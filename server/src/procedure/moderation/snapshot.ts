import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { append, handlesOf, type Party } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { awaitMissing, awaitMissingAgain } from '../media/await.ts';
import { datesOf } from './dates.ts';
import { checkMedia, keepMedia, type MediaInput } from './media.ts';
import { type Fields, inOrder, type Kinded, kindOf } from './own-kind.ts';

/** Somebody on the platform, as the platform names them. */
export interface PersonInput {
  readonly id: string;
  readonly handle?: string;
  readonly language?: Language;
  readonly age_band?: subjects.AgeBand;
}

/** A part of a live session. */
interface SegmentInput {
  readonly number: number;
  readonly from: string;
  readonly until?: string;
}

/** A content item at one revision, as the platform hands it in. */
export interface ItemInput {
  readonly id: string;
  /** One of ours, or one that the service defined. */
  readonly kind: string;
  /** Of a kind that the service defined, by its schema. */
  readonly fields?: Fields;
  readonly surface: string;
  readonly revision: string;
  readonly author: PersonInput;
  readonly text?: string;
  readonly media?: readonly MediaInput[];
  readonly parent?: string;
  readonly created_at?: string;
  /** Of an edit. */
  readonly edited_at?: string;
  readonly url?: string;
  /** Of an advertisement. */
  readonly ad?: { readonly advertiser: string; readonly landing_url: string };
  /** Of a live session: which part of it this revision is. */
  readonly segment?: SegmentInput;
  /** Of a live session: the parts that it has now. Another list of them is no other revision: it moves on while people report. */
  readonly segments?: readonly (SegmentInput & { readonly sha256?: string })[];
}

/** The ids of an item: known before any record, since they are made of the platform's own. */
export interface Sighting {
  readonly service: string;
  readonly item: string;
  readonly revision: string;
  readonly author: string;
  readonly kinded: Kinded;
  readonly input: ItemInput;
}

/** @throws Problem `surface-unknown`, `field-missing`, `field-unknown`, `field-wrong`. */
export async function sight(
  house: House,
  tx: Tx,
  service: string,
  input: ItemInput,
): Promise<Sighting & { readonly surface: subjects.Surface }> {
  checkMedia(input.media);
  const surface = await subjects.surface(tx, service, input.surface);
  if (!surface) throw new Problem('surface-unknown', `The service ${service} has no surface “${input.surface}”.`);
  const kinded = await kindOf(tx, service, input);
  const item = subjects.itemId(house.secret, service, input.kind, input.id);
  const content = JSON.stringify([
    input.text ?? null,
    (input.media ?? []).map(({ sha256, sha1, md5 }) => [sha256, sha1, md5]),
    ...aboutOf(input),
  ]);
  return {
    service,
    surface,
    item,
    kinded,
    input,
    revision: subjects.revisionId(house.secret, item, input.revision, content),
    author: subjects.accountId(house.secret, service, input.author.id),
  };
}

/** An account as the platform names it now, and as it is known. */
export interface Named {
  readonly id: string;
  readonly person: PersonInput;
  readonly known: subjects.Account | undefined;
}

export async function namedNow(house: House, tx: Tx, service: string, people: readonly PersonInput[]): Promise<Named[]> {
  const named = people.map((person) => ({ id: subjects.accountId(house.secret, service, person.id), person }));
  const known = await accountsById(
    tx,
    named.map(({ id }) => id),
  );
  return named.map((one) => ({ ...one, known: known.get(one.id) }));
}

/**
 * Notes accounts as the platform names them now; nothing where that is known already. Call it before the item is locked: accounts are
 * locked first everywhere, so that two steps never wait for each other.
 * @param writtenOf everybody else whom the step will write of: their keys are made durable together with those of the accounts.
 */
export async function noteAccounts(
  house: House,
  tx: Tx,
  service: string,
  named: readonly Named[],
  writtenOf: readonly Party[],
): Promise<void> {
  const unknown = named.filter(({ known, person }) => !saysTheSame(known, person));
  const changing = unknown.map(({ id }) => id);
  const noted = unknown.map(({ id }) => ({ role: 'account', party: id, purpose: 'profile' }) as const);
  const [, again] = await Promise.all([
    changing.length > 0 && subjects.lockAll(tx, changing),
    changing.length > 0 ? accountsById(tx, changing) : [],
    handlesOf(house, tx, [...noted, ...writtenOf]),
  ]);
  const known = new Map(again);
  for (const { id, person } of unknown) {
    const before = known.get(id);
    if (saysTheSame(before, person)) continue;
    const handle = person.handle ?? before?.handle ?? null;
    const language = person.language ?? before?.language ?? null;
    const ageBand = person.age_band ?? before?.ageBand ?? null;
    const because = await append(house, tx, {
      kind: 'account.noted',
      service,
      parties: [{ role: 'account', party: id, purpose: 'profile' }],
      payload: { external_id: person.id, handle, language, age_band: ageBand },
    });
    await subjects.note(because);
    // The same person may stand in the list twice: an author who reports themself.
    known.set(id, { id, service, externalId: person.id, handle, language, ageBand });
  }
}

async function accountsById(tx: Tx, ids: readonly string[]): Promise<Map<string, subjects.Account>> {
  return new Map((await subjects.accounts(tx, ids)).map((account) => [account.id, account]));
}

function saysTheSame(known: subjects.Account | undefined, { handle, language, age_band }: PersonInput): boolean {
  return (
    known !== undefined &&
    (handle === undefined || known.handle === handle) &&
    (language === undefined || known.language === language) &&
    (age_band === undefined || known.ageBand === age_band)
  );
}

/** What lies sealed of an item in this revision; asked under its lock. */
export function sealedOf(tx: Tx, { revision }: Sighting): Promise<subjects.Revision | undefined> {
  return subjects.revision(tx, revision);
}

/**
 * Seals what the item says in this revision, with its media, unless that lies there already (invariant 7). The caller holds the item's lock.
 * A file that is handed in by its address and isn't here yet is fetched later, or again where it could not be had.
 * Media bytes are durable outside the database before the transaction that names them can commit.
 * @param sealed what lies there already, asked under that lock
 * @returns whether all that was handed in is kept
 */
export async function snapshot(
  house: House,
  tx: Tx,
  sighting: Sighting,
  attested: 'platform' | 'reporter' | 'franked',
  sealed: subjects.Revision | undefined,
): Promise<boolean> {
  const { input } = sighting;
  const author = { role: 'author', party: sighting.author, purpose: 'evidence' } as const;
  const files = { service: sighting.service, revision: sighting.revision, author, media: input.media ?? [] };
  if (sealed) {
    await awaitMissingAgain(house, tx, files);
    // It may have been made whole just now.
    return sealed.complete || (await sealedOf(tx, sighting))?.complete === true;
  }
  const media = await keepMedia(house, tx, sighting.revision, author, input.media ?? []);
  const complete = media.every(({ kept }) => kept);
  const because = await append(house, tx, {
    kind: 'content.snapshotted',
    service: sighting.service,
    parties: [author],
    payload: {
      item: sighting.item,
      revision: sighting.revision,
      item_kind: sighting.kinded.kind,
      own: sighting.kinded.own,
      surface: input.surface,
      platform_revision: input.revision,
      attested,
      complete,
      ...datesOf(house, sighting.kinded.kind, input, attested),
      external_id: input.id,
      parent: input.parent ?? null,
      url: input.url ?? null,
      text: input.text ?? null,
      fields: input.fields ? JSON.stringify(input.fields) : null,
      media,
      ad: input.ad ?? null,
      segment: input.segment ? segmentOf(input.segment) : null,
      segments: input.segments?.map((one) => ({ ...segmentOf(one), sha256: one.sha256 ?? null })) ?? null,
    },
  });
  await subjects.snapshot(because);
  await awaitMissing(house, tx, files);
  return complete;
}

/** What else was said, where there is any: nothing for a post, so that its revision is named as it always was. */
function aboutOf({ ad, segment, fields }: ItemInput): unknown[] {
  return [
    ...(fields ? [{ fields: inOrder(fields) }] : []),
    ...(ad ? [[ad.advertiser, ad.landing_url]] : []),
    ...(segment ? [segment.number] : []),
  ];
}

function segmentOf({ number, from, until }: SegmentInput) {
  return { number, from: new Date(from).toISOString(), until: until === undefined ? null : new Date(until).toISOString() };
}
