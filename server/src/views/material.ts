import type { Tx } from '../foundation/db/transaction.ts';
import type * as intake from '../intake/questions.ts';
import * as policy from '../policy/questions.ts';
import { type Payload, reveal, type Spine } from '../records/questions.ts';
import * as subjects from '../subjects/questions.ts';

/** A file of it. `state`: kept · known by its hashes alone · still being fetched · not to be had, with the reason. */
export interface MaterialFile {
  readonly type: string | null;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly state: 'kept' | 'hashes' | 'awaited' | 'failed';
  readonly reason: string | null;
}

/** What an item said in one revision, as it was sealed. Text and media are null once the author's *evidence* is erased. */
export interface Material {
  readonly revision: string;
  readonly platformRevision: string;
  readonly seenAt: Date;
  readonly attested: string;
  readonly complete: boolean;
  readonly text: string | null;
  /** Of a kind of the service's own: each field as it was sealed. */
  readonly fields: readonly (readonly [name: string, value: unknown])[];
  readonly ad: Payload<'content.snapshotted'>['ad'];
  readonly segment: Payload<'content.snapshotted'>['segment'];
  readonly segments: NonNullable<Payload<'content.snapshotted'>['segments']>;
  readonly media: readonly MaterialFile[];
}

/** Is it kept from eyes that did not ask for it? So it is where the case or any of its reports is about such a harm. */
export function isGuarded(harm: policy.HarmEntry['id'], reports: readonly Pick<intake.Report, 'harm'>[]): boolean {
  return [harm, ...reports.map((report) => report.harm)].some((one) => policy.harmEntry(one).guarded);
}

/** What these revisions said, newest first. Whoever shows guarded material has written `material.viewed` in this transaction. */
export async function materialOf(spine: Pick<Spine, 'keys'>, tx: Tx, revisions: readonly string[]): Promise<readonly Material[]> {
  const found: Material[] = [];
  for (const id of revisions) {
    const revision = await subjects.revision(tx, id);
    const sealed = revision && (await reveal(spine, tx, 'content.snapshotted', revision.record));
    if (!revision || !sealed) continue;
    found.push({
      revision: id,
      platformRevision: revision.platformRevision,
      seenAt: revision.seenAt,
      attested: sealed.attested,
      complete: revision.complete,
      text: sealed.text,
      fields: Object.entries(JSON.parse(sealed.fields ?? '{}') as Record<string, unknown>),
      ad: sealed.ad,
      segment: sealed.segment,
      segments: sealed.segments ?? [],
      media: filesOf(sealed.media ?? [], await subjects.mediaOf(tx, id)),
    });
  }
  return found.reverse();
}

/** What was sealed at once, and what became of the files that were handed in by their address. */
function filesOf(
  sealed: NonNullable<Payload<'content.snapshotted'>['media']>,
  late: readonly subjects.AwaitedMedia[],
): readonly MaterialFile[] {
  return sealed.map(({ type, sha256, sha1, md5, kept }, place) => {
    const came = late.findLast((one) => one.place === place);
    return { type, sha256, sha1, md5, state: kept ? 'kept' : (came?.state ?? 'hashes'), reason: came?.reason ?? null };
  });
}
