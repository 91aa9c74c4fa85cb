import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import { lock } from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** One at a time writes at the policy: versions have one order. */
export const lockPolicy = (tx: Tx): Promise<void> => lock(tx, 'policy');

/** The newest version that was not withdrawn, whether it is in force yet or not: what a draft is based on. */
export async function newestVersion(tx: Tx): Promise<policy.Policy> {
  const row = (await policy.allVersions(tx)).find(({ withdrawnAt }) => withdrawnAt === null) as policy.VersionRow;
  return (await policy.named(tx, row.policy)) as policy.Policy;
}

/** What a draft says as a whole, as if it were in force from now on. */
async function draftText(tx: Tx, draft: policy.Draft): Promise<policy.PolicyDocument> {
  const base = (await policy.named(tx, draft.basedOn)) as policy.Policy;
  return policy.applied(base.document, draft.changes, 'draft', draft.changedAt.toISOString());
}

/** Nothing is missing of it, and it is based on the newest version. @throws Problem `conflict`, `policy-incomplete`. */
export async function demandWhole(tx: Tx, draft: policy.Draft): Promise<void> {
  if (draft.basedOn !== (await newestVersion(tx)).version)
    throw new Problem('conflict', 'Another version was published meanwhile: its author bases the draft on it first.');
  const gaps = policy.gapsIn(await draftText(tx, draft));
  if (gaps.length > 0) throw new Problem('policy-incomplete', `${gaps.length} things are missing; the page of the draft names them.`);
}

/** Begins a new version, based on the newest there is. @throws Problem `forbidden`, `field-wrong`. */
export async function beginDraft(house: House, member: Member, wanted?: Pick<policy.PolicyDocument, 'intro' | 'clauses'>): Promise<string> {
  demand(member, 'policy.write', 'policy');
  return house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const id = house.ids.next();
    const base = await newestVersion(tx);
    await told(house, tx, member, id, wanted ? policy.changesBetween(base.document, wanted) : policy.noChanges);
    return id;
  });
}

interface Amendment {
  readonly draft: string;
  /** The digest of the draft as its author saw it: what somebody else wrote meanwhile is not overwritten. */
  readonly seen: string;
  readonly clause?: { readonly id: string; readonly becomes: policy.Clause | null };
  readonly intro?: policy.Words;
}

/**
 * Writes at a draft; without a clause or an introduction it only bases it on the newest version. What was reviewed has to be reviewed again.
 * @throws Problem `forbidden`, `not-found`, `conflict`, `field-wrong`.
 */
export async function amendDraft(house: House, member: Member, { draft: id, seen, clause, intro }: Amendment): Promise<void> {
  demand(member, 'policy.write', 'policy');
  await house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const draft = await openDraft(tx, id, seen);
    const base = await newestVersion(tx);
    const text = policy.applied(base.document, draft.changes, 'draft', '');
    const clauses = clause
      ? [...text.clauses.filter((one) => one.id !== clause.id), ...(clause.becomes === null ? [] : [clause.becomes])]
      : text.clauses;
    await told(house, tx, member, id, policy.changesBetween(base.document, { intro: intro ?? text.intro, clauses }));
  });
}

/** The draft, if it is still being written and says what the caller saw. @throws Problem `not-found`, `conflict`. */
export async function openDraft(tx: Tx, id: string, seen: string): Promise<policy.Draft> {
  const draft = await policy.findDraft(tx, id);
  if (!draft) throw new Problem('not-found', 'There is no such draft.');
  if (draft.state === 'scheduled' || draft.state === 'dropped') throw new Problem('conflict', 'This draft is closed.');
  if (draft.digest !== seen) throw new Problem('conflict', 'Somebody has changed this draft since you opened it. Look at it again.');
  return draft;
}

async function told(house: House, tx: Tx, member: Member, draft: string, changes: policy.Changes): Promise<void> {
  for (const { clause } of changes.clauses) if (clause) checkForm(clause);
  const { version: based_on } = await newestVersion(tx);
  await policy.draft(
    await append(house, tx, {
      kind: 'policy.drafted',
      service: wholeProvider,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: { draft, based_on, digest: policy.digestOf({ based_on, changes }), changes: plain(changes) },
    }),
  );
}

/** As a record holds it: with the fields of a clause and no others. */
export function plain({ intro, clauses }: policy.Changes) {
  return {
    intro,
    clauses: clauses.map(({ id, clause }) => {
      if (clause === null) return { id, clause };
      const { number, harm, title, rule, determination, ground, law, cites, examples } = clause;
      const { violating, allowed } = examples;
      const text = { id, number, harm, title, rule, determination, ground, law, cites: [...cites] };
      return { id, clause: { ...text, examples: { violating: [...violating], allowed: [...allowed] } } };
    }),
  };
}

/** What no draft may hold, however unfinished. @throws Problem `field-wrong`. */
function checkForm({ id, number, harm, determination, ground }: policy.Clause): void {
  if (!/^[a-z-]{1,40}\.[a-z-]{1,40}$/.test(id))
    throw new Problem('field-wrong', 'The id of a clause is two words of a–z, as in scam.phishing.');
  if (!/^\d{1,3}(\.\d{1,3}){0,2}$/.test(number)) throw new Problem('field-wrong', `The number of clause ${id} is one like 3.1.`);
  if (!policy.allHarms.some((entry) => entry.id === harm)) throw new Problem('field-wrong', `Clause ${id} names no harm of the catalogue.`);
  if (!['remove', 'label', 'make-inaccessible'].includes(determination))
    throw new Problem('field-wrong', `Clause ${id} leads to remove, label or make-inaccessible.`);
  if (ground !== 'ILLEGAL_CONTENT' && ground !== 'INCOMPATIBLE_CONTENT')
    throw new Problem('field-wrong', `The ground of clause ${id} is ILLEGAL_CONTENT or INCOMPATIBLE_CONTENT.`);
}
