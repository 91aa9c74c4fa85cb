import * as cases from '../cases/index.ts';
import * as decisions from '../decisions/index.ts';
import { keyedDigest, sameDigest } from '../foundation/digest.ts';
import type { Language } from '../foundation/i18n/language.ts';
import type { KnownLine } from '../foundation/i18n/notice-text.ts';
import * as intake from '../intake/index.ts';
import * as notices from '../notices/index.ts';
import * as policy from '../policy/index.ts';
import type { House } from '../procedure/house.ts';
import {
  clauseTold,
  codeDigest,
  dismissalOpenUntil,
  dismissalPath,
  inquiryOpenUntil,
  statementToken,
} from '../procedure/moderation/index.ts';
import { reveal } from '../records/index.ts';

interface Due {
  readonly due: Date;
  readonly stopped: boolean;
}

/** What a reporter's page shows. */
export interface ReportPage {
  readonly harm: string;
  /** The help lines as they are known today: an old number helps nobody, whenever the letter was written. */
  readonly lines: readonly KnownLine[];
  readonly state: intake.Report['state'];
  readonly receivedAt: Date;
  readonly statusBy: Due | null;
  readonly answerBy: Due | null;
  readonly letters: readonly Letter[];
}

interface Letter {
  readonly title: string;
  readonly body: readonly string[];
  readonly at: Date;
  readonly appealUrl: string | null;
  readonly inquiryUrl: string | null;
}

const lockMs = 15 * 60_000;

/**
 * Opens a report by contact code and PIN. An unknown code and a wrong PIN get the same answer; five wrong ones lock the code for a quarter
 * of an hour, whoever tried.
 */
export async function openReport(house: House, code: string, pin: string): Promise<intake.Report | 'wrong' | 'locked'> {
  const key = codeDigest(house, code.toUpperCase());
  const now = house.clock.now();
  return house.db.begin('doors', async (tx) => {
    if (await intake.lockedUntil(tx, key, now)) return 'locked';
    const report = await intake.reportByCode(tx, key);
    const right = sameDigest(keyedDigest(house.secret, 'pin', code.toUpperCase(), pin.replace(/\D/g, '')), report?.pin ?? '-');
    if (report && right) {
      await intake.forgetAttempts(tx, key);
      return report;
    }
    await intake.noteWrongPin(tx, key, new Date(now.getTime() + lockMs));
    return 'wrong';
  });
}

/** Reads what the page shows; the letters are the notices, in the words in which they were written. */
export async function readReport(house: House, report: intake.Report, language: Language): Promise<ReportPage> {
  return house.db.begin('doors', async (tx) => {
    const clocks = await cases.clocksOf(tx, report.case);
    const due = (name: string): Due | null => {
      const clock = clocks.find((one) => one.subject === report.id && one.clock === name);
      return clock ? { due: clock.dueAt, stopped: clock.stoppedAt !== null } : null;
    };
    const letters: Letter[] = [];
    const lines = await policy.helpLines(tx);
    const written = await notices.noticesOf(tx, report.case);
    for (const notice of written.filter((one) => one.report === report.id || isTheirs(one, report))) {
      const values = (await reveal(house, tx, 'notice.written', notice.record))?.values;
      if (!values) continue;
      const decision =
        notice.decision === null ? undefined : await decisions.knownOutside(tx, await decisions.decision(tx, notice.decision));
      const mayAppeal = values['appeal_by'] !== undefined && decision?.supersededBy === null && report.reporter !== null;
      const token = decision && report.reporter !== null ? statementToken(house, decision.id, 'reporter', report.reporter) : '';
      const of = (await cases.caseOf(tx, report.case)) as cases.Case;
      const mayInquire =
        values['inquire_by'] !== undefined &&
        decision !== undefined &&
        report.reporter !== null &&
        (await inquiryOpenUntil(tx, of, decision, 'reporter', report.reporter, house.clock.now())) !== null;
      const dismissed = notice.template === 'report.dismissed' && (await dismissalOpenUntil(tx, report, house.clock.now())) !== null;
      letters.push({
        ...notices.render(notice.template, language, values, await clauseTold(tx, notice.decision, values['clause']), lines),
        at: notice.writtenAt,
        appealUrl: mayAppeal ? `/appeal/${decision.puid}?token=${token}&lang=${language}` : null,
        inquiryUrl: mayInquire
          ? `/inquiry/${decision.puid}?token=${token}&lang=${language}`
          : dismissed
            ? dismissalPath(house, report, language)
            : null,
      });
    }
    return {
      harm: report.harm,
      lines,
      state: report.state,
      receivedAt: report.receivedAt,
      statusBy: due('answer.status'),
      answerBy: due('answer.outcome'),
      letters,
    };
  });
}

/** What answers their appeal names no report: it is about the decision. Who has an account reads it there. */
function isTheirs(notice: notices.Notice, { reporter, reporterKind }: intake.Report): boolean {
  return notice.report === null && reporterKind === 'contact' && reporter !== null && notice.to === reporter;
}
