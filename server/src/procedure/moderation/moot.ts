import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { explainTo } from './explain.ts';
import { asMoot } from './outcomes.ts';
import { rowOf } from './row.ts';

/**
 * In `acknowledge`: the platform says that the item is gone. Whoever was told that a decision about it is being carried out is told that nothing
 * was left to carry out; whoever has not been told yet hears it at once in their answer (`explainDecision`). The caller holds the case's lock.
 */
export async function tellMoot(house: House, tx: Tx, of: cases.Case, action: enforcement.Action): Promise<void> {
  const decision = (await decisions.decision(tx, action.decision)) as decisions.Decision;
  if (decision.stage !== 'final' || decision.targetKind !== 'item') return;
  const row = await rowOf(tx, decision);
  const written = (await notices.noticesOf(tx, of.id)).filter((notice) => notice.decision === decision.id);
  const { account } = decision;
  const author = written.find(({ role, to }) => role === 'author' && to === account);
  if (account !== null && author)
    await explainTo(house, tx, of, decision, asMoot(row.author, 'author'), {
      to: account,
      role: 'author',
      language: (await subjects.account(tx, account))?.language ?? of.language,
    });
  for (const report of await intake.reportsOf(tx, of.id)) {
    if (report.reporter === null || report.ground !== null || !written.some((notice) => notice.report === report.id)) continue;
    const cell = asMoot(row.reporter, 'reporter');
    await explainTo(house, tx, of, decision, cell, { to: report.reporter, role: 'reporter', language: report.language, report });
  }
}
