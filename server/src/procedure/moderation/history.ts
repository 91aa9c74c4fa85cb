import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type * as policy from '../../policy/index.ts';

export interface Measured {
  readonly decision: decisions.Decision;
  readonly measure: policy.AccountMeasure;
}

/** What the ladder looks at: what an account's holder was found to have done, and what was done to the account. */
export interface History {
  /** Live decisions on their items that found a clause broken. A decision that was superseded is not among them, nor what only protects. */
  readonly violations: readonly policy.Violation[];
  /** Measures that stand now. */
  readonly live: readonly Measured[];
  /** Measures that were taken and not overturned, those that ended too. */
  readonly taken: readonly { readonly measure: policy.AccountMeasure; readonly at: Date }[];
}

/** The history of one account, from its live decisions. Of this account alone: what a linked account did is not counted. */
export async function historyOf(tx: Tx, account: string, { outside = false }: { readonly outside?: boolean } = {}): Promise<History> {
  const standing: decisions.Decision[] = [];
  for (const one of await decisions.decisionsOnAccount(tx, account)) {
    const known = outside ? await decisions.knownOutside(tx, one) : one;
    if (known && known.supersededBy === null) standing.push(known);
  }
  const leads = await cases.leadsOf(
    tx,
    standing.map((one) => one.case),
  );
  // A strike counts from when it was given, in the matter in which it was, though it was hidden for a while since.
  const firsts = new Map<string, decisions.Decision>();
  for (const one of standing) firsts.set(one.id, await decisions.originOf(tx, one));
  const firstOf = (one: decisions.Decision) => firsts.get(one.id) ?? one;
  const bundles = await decisions.bundlesOf(
    tx,
    standing.map((one) => firstOf(one).id),
  );
  const measures = standing.filter(({ targetKind, determination }) => targetKind === 'account' && determination !== 'none');
  const measured = measures.map((decision) => ({ decision, measure: decision.determination as policy.AccountMeasure }));
  return {
    violations: standing.flatMap((one) => {
      const { id, case: of, clause, stage, targetKind, determination } = one;
      if (targetKind !== 'item' || stage !== 'final' || clause === null || determination === 'none' || determination === 'restore')
        return [];
      const lead = leads.get(of) ?? of;
      return [{ decision: id, case: lead, matter: bundles.get(firstOf(one).id) ?? lead, clause, at: firstOf(one).decidedAt }];
    }),
    live: measured.filter(({ decision }) => decision.state === 'standing'),
    taken: measured.map(({ decision, measure }) => ({ measure, at: decision.decidedAt })),
  };
}
