import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { demandFit, demandLane, judged } from '../moderation/decide.ts';
import { guidelinesFor } from '../moderation/guidelines.ts';
import { historyOf } from '../moderation/history.ts';

export type Measure = policy.AccountMeasure | null;

/** What is to be decided about a bundle. */
export interface BundleJudgement {
  readonly determination: policy.FinalDetermination;
  /** Where it holds, and for how many days, as for a single decision. */
  readonly territory?: 'MY' | null;
  readonly days?: number | null;
  readonly clause: string | null;
  readonly reason: string;
  /** What is decided otherwise, by the id of its case. */
  readonly except: ReadonlyMap<string, policy.FinalDetermination>;
  /** What is done to the authors' accounts: what the ladder has for each, or nothing. They are left alone where nothing is said. */
  readonly measure?: 'suggested' | null;
  /** What is done to whom otherwise, by the id of a case of theirs. */
  readonly less?: ReadonlyMap<string, Measure>;
  /** Why less is done than the ladder has. For the staff only. */
  readonly lessened?: string;
}

/** One case of it. */
export interface Part {
  readonly case: cases.Case;
  readonly revision: string;
  readonly author: string | null;
  readonly determination: policy.FinalDetermination;
  readonly days: number | null;
  readonly clause: policy.Clause | null;
}

/**
 * Each case of a bundle with what is decided about it, judged by the guidelines of the day when it was seen.
 * @param seen which revision somebody had before them; the newest where it isn't said
 * @throws Problem `clause-unknown`, `reason-missing`, `measure-unfit`, `child-safety-only`.
 */
export async function partsOf(
  tx: Tx,
  all: readonly cases.Case[],
  judgement: BundleJudgement,
  seen: ReadonlyMap<string, string> = new Map(),
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const of of all) {
    const item = await subjects.item(tx, of.item);
    const determination = judgement.except.get(of.id) ?? judgement.determination;
    // What has no end is for good, also where the others have one.
    const days = judgement.except.has(of.id) && !policy.mayBeTimed(determination) ? null : (judgement.days ?? null);
    demandFit({ determination, days }, item?.kind ?? '');
    const revision = seen.get(of.id) ?? ((await cases.revisionsOf(tx, of.id)).at(-1) as string);
    const clause = judged(await guidelinesFor(tx, revision), { ...judgement, determination });
    demandLane(of, clause);
    parts.push({ case: of, revision, author: item?.author ?? null, determination, days, clause });
  }
  return parts;
}

/** What follows for one author of a bundle: all that is theirs in it is one strike. */
export interface Share {
  readonly account: string;
  /** The decision that the strike and the measure stand with, and its case: the first in which a clause was broken. */
  readonly decision: string;
  readonly case: string;
  readonly cases: readonly string[];
  readonly plan: policy.Plan;
  readonly measure: Measure;
  /** When that ends by itself. */
  readonly until: Date | null;
}

/** What the ladder has for each author of a bundle, and what is taken of it; in the order of the bundle. */
export async function sharesOf(
  house: House,
  tx: Tx,
  parts: readonly Part[],
  { measure, less = new Map() }: Pick<BundleJudgement, 'measure' | 'less'>,
): Promise<Share[]> {
  const theirs = new Map<string, Part[]>();
  for (const part of parts) if (part.author !== null) theirs.set(part.author, [...(theirs.get(part.author) ?? []), part]);
  const now = house.clock.now();
  const shares: Share[] = [];
  for (const [account, own] of theirs) {
    const carrying = own.find(({ determination }) => determination !== 'none') ?? (own[0] as Part);
    const { violations, taken } = await historyOf(tx, account);
    const decision = house.ids.next();
    const { determination, clause } = carrying;
    const child = subjects.isChild(await subjects.account(tx, account));
    const about = { decision, case: carrying.case.id, determination, clause: clause?.id ?? null, now, shown: 'visible', child } as const;
    const plan = policy.plan(about, violations);
    const otherwise = own.map((part) => less.get(part.case.id)).find((one) => one !== undefined);
    const chosen = otherwise !== undefined ? otherwise : measure === 'suggested' ? plan.actions.account.alone : null;
    const until = chosen === null ? null : policy.endOf(chosen, now, taken);
    shares.push({ account, decision, case: carrying.case.id, cases: own.map((part) => part.case.id), plan, measure: chosen, until });
  }
  return shares;
}
