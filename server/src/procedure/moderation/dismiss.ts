import * as cases from '../../cases/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as intake from '../../intake/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandOpen, leadOf, lockCase } from './lock.ts';

export interface DismissalInput {
  readonly report: string;
  readonly ground: string;
  readonly reason: string;
}

/**
 * Dismisses one report, on a ground of Act 866 s.21 and with a reason its reporter will read. The case goes on: what is decided about the
 * content is a decision, and what others reported keeps its answer. Whoever holds the case does it.
 * @throws Problem `forbidden`, `report-unknown`, `case-closed`, `lease-expired`, `report-answered`, `ground-unknown`, `reason-missing`.
 */
export async function dismiss(house: House, member: Member, { report: id, ground, reason }: DismissalInput): Promise<void> {
  demand(member, 'report.dismiss', 'report');
  const listed = intake.grounds.find((one) => one === ground);
  if (!listed) throw new Problem('ground-unknown', 'Name one of the grounds on which the Act lets a report be dismissed.');
  if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say why, in a sentence the reporter will read.');
  await house.db.begin('doors', async (tx) => {
    const unlocked = await intake.report(tx, id);
    if (!unlocked) throw new Problem('report-unknown', `There is no report ${id}.`);
    const of = await lockCase(tx, unlocked.case);
    const report = (await intake.report(tx, id)) as intake.Report;
    const lead = await leadOf(tx, of);
    demandOpen(lead, 'The case is decided, and the decision is the answer.');
    if ((await cases.leaseOn(tx, lead.id, house.clock.now()))?.staff !== member.id)
      throw new Problem('lease-expired', 'You do not hold this case any more. Take it again.');
    if (report.state !== 'received' && report.state !== 'acknowledged')
      throw new Problem('report-answered', 'This report has been dismissed or answered.');
    await intake.dismiss(
      await append(house, tx, {
        kind: 'report.dismissed',
        service: report.service,
        case: of.id,
        parties: [
          { role: 'actor', party: member.id, purpose: 'staff' },
          ...(report.reporter === null ? [] : [{ role: 'reporter', party: report.reporter, purpose: 'report' } as const]),
        ],
        payload: { report: id, ground: listed, reason: report.reporter === null ? null : reason.trim() },
      }),
    );
  });
}
