import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import type { Seen } from '../moderation/open.ts';

/** The profile of an account: as it was handed in, or as far as it is known. */
export interface Profile {
  readonly account: subjects.Account;
  readonly item: string;
  readonly surface: subjects.Surface;
  /** Null: none was ever handed in. */
  readonly revision: string | null;
}

/**
 * What a case about somebody as such is about: their profile. Where none was handed in it is named by the account's own id, in the first place
 * that everybody sees. Nothing where nobody knows any more who it is, or the service has no place at all.
 */
export async function profileOf(house: House, tx: Tx, id: string): Promise<Profile | null> {
  const account = await subjects.account(tx, id);
  if (!account) return null;
  const surfaces = await subjects.surfaces(tx, account.service);
  const seen = await subjects.profile(tx, id);
  const surface = surfaces.find(({ slug }) => slug === seen?.surface) ?? surfaces[0];
  if (!surface) return null;
  if (seen) return { account, surface, item: seen.item, revision: seen.revision };
  const item = subjects.itemId(house.secret, account.service, 'profile', account.externalId);
  // It was handed in, and whose it is was erased since.
  return (await subjects.item(tx, item)) ? null : { account, surface, item, revision: null };
}

/**
 * Seals the profile as far as it is known where none was handed in: the handle, or what the platform calls the account; incomplete. The caller holds the item's lock, and has looked for
 * the profile under it.
 */
export async function sealProfile(house: House, tx: Tx, { account, item, surface, revision: handedIn }: Profile): Promise<Seen> {
  const { service } = account;
  const called = account.handle ?? account.externalId;
  const revision = handedIn ?? subjects.revisionId(house.secret, item, subjects.unseenRevision, JSON.stringify(called));
  if (handedIn === null)
    await subjects.snapshot(
      await append(house, tx, {
        kind: 'content.snapshotted',
        service,
        parties: [{ role: 'author', party: account.id, purpose: 'evidence' }],
        payload: {
          ...{ item, revision, item_kind: 'profile', own: null, surface: surface.slug, platform_revision: subjects.unseenRevision },
          ...{ attested: 'platform', complete: false, external_id: account.externalId, text: called },
          ...{
            parent: null,
            url: null,
            fields: null,
            media: [],
            ad: null,
            created_at: null,
            written_at: null,
            segment: null,
            segments: null,
          },
        },
      }),
    );
  return { service, item, revision, surface };
}
