import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import type { Html } from '../../foundation/html/html.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { awaitsSecond, standingOf } from '../../procedure/moderation/index.ts';
import { resemblances } from '../../procedure/returning/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { Visit } from '../frame.ts';
import { type AccountRead, type Awaited, accountPage } from './account.ts';

/** The page of an account as it is now. @throws Problem `account-unknown` */
export async function accountNow(visit: Visit, id: string, errors?: readonly FieldError[]): Promise<Html> {
  const { house } = visit;
  const read = await house.db.begin('doors', async (tx): Promise<AccountRead> => {
    const account = await subjects.account(tx, id);
    if (!account) throw new Problem('account-unknown', 'There is no such account, or it was erased.');
    const standing = await standingOf(house, tx, id);
    const alone = (await decisions.openGlassOf(tx, visit.member.id, visit.now)) !== undefined;
    const waiting: Awaited[] = [];
    for (const { decision } of standing.live)
      if (await awaitsSecond(house, tx, decision))
        waiting.push({
          id: decision.id,
          ...(await decisions.madeBy(tx, decision)),
          harm: (await cases.caseOf(tx, decision.case))?.harm ?? '',
          alone,
        });
    const history = await decisions.decisionsOnAccount(tx, id, 100);
    const of = new Set([...history, ...standing.live.map(({ decision }) => decision), ...standing.strikes].map((one) => one.case));
    const about = of.size === 0 ? [] : await cases.casesOf(tx, [...of]);
    return {
      account,
      standing,
      harms: new Map(about.map((one) => [one.id, one.harm])),
      waiting,
      resembling: await resemblances(tx, id),
      history,
      guidelines: await policy.inForce(tx, visit.now),
    };
  });
  return accountPage(visit, read, errors);
}
