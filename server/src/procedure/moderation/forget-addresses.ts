import * as appeals from '../../appeals/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';
import type { House } from '../house.ts';
import { eraseIn } from '../people/erase.ts';
import { lockCase } from './lock.ts';

const page = 200;

/**
 * The address that somebody gave with a report goes when nothing can follow that they would be told of: the report is answered, and the time
 * to inquire, to appeal, and to be told of somebody else's appeal is over. Returns how many went.
 */
export async function forgetAddresses(house: House): Promise<number> {
  const now = house.clock.now();
  let [forgotten, after] = [0, '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const kept = await house.db.begin('jobs', (tx) => intake.answeredWithAddress(tx, now, after, page));
    for (const { id } of kept) if (await house.db.begin('jobs', (tx) => forget(house, tx, id, now))) forgotten++;
    after = kept.at(-1)?.id ?? after;
    if (kept.length < page) return forgotten;
  }
}

async function forget(house: House, tx: Tx, id: string, now: Date): Promise<boolean> {
  const report = (await intake.report(tx, id)) as intake.Report;
  if (!(await isOver(tx, report, now))) return false;
  // Nobody who decides or appeals just now is overlooked.
  await lockCase(tx, report.case);
  return (await isOver(tx, report, now)) && (await eraseIn(house, tx, report.service, id, 'contact'));
}

async function isOver(tx: Tx, report: intake.Report, now: Date): Promise<boolean> {
  const { answeredAt, harm, reporter, state } = report;
  if (answeredAt === null || state !== 'answered' || new Date(policy.inquiryUntil(harm, answeredAt)) > now) return false;
  if (reporter !== null && (await appeals.hasOpenAppeal(tx, reporter))) return false;
  if (reporter !== null && (await inquiries.hasOpenInquiry(tx, reporter))) return false;
  // Whoever was told may appeal for as long as this from the answer.
  if (new Date(policy.appealUntil(harm, answeredAt)) > now) return false;
  const standing = (await decisions.decisionsOf(tx, report.case)).filter(({ supersededBy }) => supersededBy === null);
  if (standing.some(({ appealUntil, stage }) => stage === 'temporary' || (appealUntil !== null && appealUntil > now))) return false;
  for (const { id } of standing) if (await appeals.isContested(tx, id)) return false;
  return (await notices.noticesOf(tx, report.case)).every(
    ({ state, to, report: about }) => state !== 'written' || (to !== reporter && about !== report.id),
  );
}
