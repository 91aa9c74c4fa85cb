import type { Case } from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';
import { rowOf } from './row.ts';

/**
 * Until when this person may ask why this was decided: 15 days from the notice that told them. Null where nobody told them, or where what
 * was decided does not stand any more.
 */
export async function inquiryOpenUntil(tx: Tx, of: Case, decision: Decision, side: 'author' | 'reporter', person: string, now: Date) {
  const cell = (await rowOf(tx, decision))[side];
  const given = (await notices.noticesOf(tx, of.id)).find((one) => one.decision === decision.id && one.to === person && one.role === side);
  if (decision.supersededBy !== null || !given || 'nothing' in cell || !cell.inquire) return null;
  const until = new Date(policy.inquiryUntil(of.harm, given.handedAt ?? now));
  return until >= now ? until : null;
}

/** Until when the reporter may ask why their report was dismissed (Act 866 s.21). Null where it was not, or is not any more. */
export async function dismissalOpenUntil(tx: Tx, report: intake.Report, now: Date): Promise<Date | null> {
  const given = (await notices.noticesOnReport(tx, report.id)).find(({ template }) => template === 'report.dismissed');
  if (report.ground === null || !given) return null;
  const until = new Date(policy.inquiryUntil(report.harm, given.handedAt ?? now));
  return until >= now ? until : null;
}
