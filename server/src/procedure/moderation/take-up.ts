import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { tellAlreadyDecided } from './explain.ts';

/** What stands about the content of a case for good and may be told; none while it is open, or where it is kept secret. */
export async function decidedOn(tx: Tx, of: cases.Case): Promise<decisions.Decision | undefined> {
  const standing = await decisions.standingIn(tx, of.id, of.item);
  return standing?.stage === 'final' && !(await cases.isSecret(tx, standing)) ? standing : undefined;
}

/**
 * Takes the dismissal of a report back (Act 866 s.21): by somebody else than who dismissed it, unless it goes to appeal, which somebody else
 * decides. While its case is open the report waits for what is decided there; else what was decided is its answer now. The caller holds the
 * case's lock. @throws Problem `forbidden`, `same-person`, `decision-not-open`, `appeal-not-open`.
 */
export async function takeUpReport(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  inquiry: inquiries.Inquiry,
  outcome: 'appeal' | 'corrected',
): Promise<void> {
  const report = (await intake.report(tx, inquiry.report as string)) as intake.Report;
  if (report.ground === null) throw new Problem('decision-not-open', 'This dismissal has been taken back.');
  const decided = await decidedOn(tx, of);
  if (outcome === 'appeal' && !decided)
    throw new Problem('appeal-not-open', 'The case is open: there is no decision to appeal against. Take the dismissal back instead.');
  if (outcome === 'corrected') demand(member, 'appeal.decide', { type: 'appeal', decidedBy: report.dismissedBy, harm: of.harm });
  const now = house.clock.now();
  const because = await append(house, tx, {
    kind: 'report.taken-up',
    service: report.service,
    case: of.id,
    parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
    payload: { report: report.id, inquiry: inquiry.id, clocks: decided ? [] : policy.answerClock(report.harm, now) },
  });
  await intake.takeUp(because);
  await cases.startClocks(because, report.id);
  if (decided) await tellAlreadyDecided(house, tx, report.id, decided, outcome === 'appeal');
}
