import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { historyOf, planOf } from '../../procedure/moderation/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Visit } from '../frame.ts';
import { suggested } from './case.ts';
import type { Preview } from './follows.ts';
import type { Typed } from './shown.ts';

/** What would follow from what is typed; before anything is typed, from the clause that was suggested. Null where nothing was. */
export async function previewed(visit: Visit, tx: Tx, read: CaseRead, typed: Typed = {}): Promise<Preview | null> {
  const { of, item } = read;
  const clause = read.guidelines.clauseOf(typed.clause ?? suggested(read) ?? '') ?? null;
  const fitting = policy.determinationsFor(item?.kind ?? '');
  const determination = fitting.find((one) => one === (typed.determination ?? clause?.determination)) ?? fitting[0] ?? 'none';
  if (of.state !== 'open' || !item?.author || (clause === null && typed.determination !== 'none')) return null;
  const { now } = visit;
  const about = { decision: of.id, determination, clause: determination === 'none' ? null : clause, now };
  const plan = await planOf(tx, of, item.author, about);
  const { alone } = plan.actions.account;
  const until = alone === null ? null : policy.endOf(alone, now, (await historyOf(tx, item.author)).taken);
  return { guidelines: read.guidelines, plan, determination, clause: about.clause?.id ?? null, until };
}
