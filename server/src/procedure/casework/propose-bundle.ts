import type * as cases from '../../cases/index.ts';
import type * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Payload } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { type Judged, layProposal } from '../moderation/propose.ts';
import { withhold } from '../moderation/withhold.ts';
import { together } from './together.ts';
import type { BundleJudgement, Measure, Part } from './weigh-bundle.ts';

/**
 * What needs two of a bundle waits as one proposal, in the life of the case that leads it. Protecting never needs two: what would be acted on is
 * hidden in the same transaction, and its authors are told of that once each. The caller holds the locks of all of it.
 */
export async function proposeBundle(
  house: House,
  tx: Tx,
  lead: cases.Case,
  member: Member,
  parts: readonly Part[],
  judgement: BundleJudgement,
  needs: readonly decisions.Need[],
): Promise<decisions.Proposal> {
  const hidden: decisions.Decision[] = [];
  for (const { case: of, revision, clause } of parts) {
    const made = clause === null ? null : await withhold(house, tx, of, revision, clause, member.id, '');
    if (made) hidden.push(made);
  }
  if (hidden.length > 0) await together(house, tx, lead, hidden);
  return layProposal(house, tx, lead, member, asOne(parts, judgement), needs);
}

/** A bundle as what one person has made up their mind to, in the life of the case that leads it. */
export function asOne(parts: readonly Part[], judgement: BundleJudgement): Judged {
  return {
    revision: (parts[0] as Part).revision,
    determination: judgement.determination,
    // Judged item by item: the one that leads may be the one that breaks nothing.
    clause: parts.find(({ clause }) => clause !== null)?.clause ?? null,
    reason: judgement.reason.trim(),
    ...(judgement.measure === undefined ? {} : { measure: judgement.measure }),
    lessened: judgement.lessened ?? '',
    territory: judgement.territory ?? null,
    days: judgement.days ?? null,
    bundle: {
      cases: parts.map(({ case: { id }, revision, determination }) => ({ case: id, revision, determination })),
      less: [...(judgement.less ?? [])].map(([id, measure]) => ({ case: id, measure })),
    },
  };
}

/** What somebody had made up their mind to about a bundle, as it was judged, and which revisions they had before them. */
export function judgedBundle(
  { determination, territory, days, clause }: Pick<decisions.Proposal | decisions.Held, 'determination' | 'territory' | 'days' | 'clause'>,
  told: Pick<Payload<'decision.proposed'>, 'reason' | 'said' | 'measure' | 'lessened'> & {
    readonly bundle: NonNullable<Payload<'decision.proposed'>['bundle']>;
  },
): { readonly judgement: BundleJudgement; readonly seen: ReadonlyMap<string, string> } {
  const { cases: all, less } = told.bundle;
  const otherwise = all.filter((one) => one.determination !== determination);
  return {
    judgement: {
      // A bundle is about items.
      ...{ determination: determination as BundleJudgement['determination'], territory, days, clause },
      reason: told.reason ?? told.said ?? '',
      lessened: told.lessened ?? '',
      except: new Map(otherwise.map((one) => [one.case, one.determination as BundleJudgement['determination']])),
      ...(told.measure === null && less.length === 0 ? {} : { measure: told.measure === null ? null : 'suggested' }),
      less: new Map(less.map((one) => [one.case, one.measure as Measure])),
    },
    seen: new Map(all.map((one) => [one.case, one.revision])),
  };
}
