import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import * as policy from '../policy/questions.ts';
import type { House } from '../procedure/house.ts';
import { reveal } from '../records/questions.ts';
import * as staff from '../staff/questions.ts';

/** A draft of the policy with the version it is based on, whole. @throws Problem `not-found` */
export async function readDraft(house: House, tx: Tx, id: string) {
  const draft = await policy.findDraft(tx, id);
  const base = draft && (await policy.named(tx, draft.basedOn));
  if (!draft || !base) throw new Problem('not-found');
  const authors: string[] = [];
  for (const author of draft.authors) authors.push((await staff.rosterEntry(tx, author))?.name ?? '…');
  const newest = (await policy.allVersions(tx)).find(({ withdrawnAt }) => withdrawnAt === null)?.policy as string;
  const review = draft.review === null ? null : ((await reveal(house, tx, 'policy.reviewed', draft.review))?.reason ?? null);
  return {
    draft,
    base,
    newest,
    authors,
    review,
    text: policy.applied(base.document, draft.changes, 'draft', draft.changedAt.toISOString()),
  };
}
