import type { Case } from '../../cases/index.ts';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { enqueue } from '../../foundation/outbox/outbox.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { clauseTold, linesTold } from './guidelines.ts';
import { inTheirWords } from './tongue.ts';

export type Answering = 'acknowledge' | 'answer.status' | 'answer.outcome' | 'appeal.answer' | 'inquiry.answer';

/** A further item that one notice is about, where several were decided as one. */
export interface Also {
  readonly posted: string;
  readonly decision: string;
  readonly item: string | null;
  readonly statement_url: string;
  readonly appeal_url: string | null;
}

/** What follows for the account, where the same notice tells of it. */
export interface AccountTold {
  readonly decision: string;
  readonly measure: string;
  readonly until: string | null;
  readonly statement_url: string;
  readonly appeal_url: string | null;
}

export interface Telling {
  readonly case: Case;
  /** Our id of the person: an account, or somebody who reported without one. */
  readonly to: string;
  readonly role: 'author' | 'reporter' | 'appellant' | 'inquirer';
  readonly template: string;
  readonly language: Language;
  readonly values: notices.NoticeValues;
  readonly report?: string;
  readonly decision?: string;
  readonly appeal?: string;
  readonly inquiry?: string;
  readonly outcome?: 'actioned' | 'no-violation' | 'already-decided';
  readonly stops: readonly Answering[];
  readonly statementUrl?: string;
  readonly appealUrl?: string;
  readonly also?: readonly Also[];
  readonly inquiryUrl?: string;
  readonly account?: AccountTold;
}

/**
 * Writes to one person, in the transaction of what they are told of. Somebody with an account hears it through the platform's inbox;
 * somebody without reads it on the status page, where it stands from this moment, and by e-mail where they gave an address and we can send.
 * Twice is once: what a subscriber hears again is not written again. The caller holds the case's lock.
 */
export async function tell(house: House, tx: Tx, telling: Telling): Promise<void> {
  const { case: of, template, language, role, to } = telling;
  const { report = null, decision = null, appeal = null, inquiry = null } = telling;
  if (await notices.isWritten(tx, { case: of.id, to, role, template, report, decision, appeal, inquiry })) return;
  const values = inTheirWords(house, telling.values, language);
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'notice.written',
    service: of.service,
    case: of.id,
    parties: [{ role: 'to', party: to, purpose: role === 'author' ? 'evidence' : 'report' }],
    payload: {
      notice: id,
      role,
      template,
      language,
      report,
      decision,
      appeal,
      inquiry,
      values: { ...values },
      outcome: telling.outcome ?? null,
      stops: [...telling.stops],
    },
  });
  await notices.write(because);
  const account = await subjects.account(tx, to);
  if (!account) {
    if (house.mail !== null && (await reportOf(tx, { case: of.id, report, to }))?.address) return byEmail(house, tx, of.service, id);
    return handed(house, tx, id, 'page', because.payload);
  }
  const { title, body: paragraphs } = notices.render(
    template,
    language,
    values,
    await clauseTold(tx, decision, values.clause),
    await linesTold(tx),
  );
  const body = paragraphs.join('\n\n');
  const data =
    template === 'report.acknowledged'
      ? {
          report: telling.report,
          reporter: { account: account.externalId },
          language,
          status_url: values.status_url,
          status_by: values.status_by ?? null,
          answer_by: values.answer_by ?? null,
          text: { title, body },
        }
      : {
          notice: id,
          to: { account: account.externalId },
          role,
          language,
          title,
          body,
          statement_url: telling.statementUrl ?? null,
          appeal_url: telling.appealUrl ?? null,
          ...(telling.account && { account: telling.account }),
          ...(telling.also && { also: telling.also.map(({ posted: _, ...one }) => one) }),
          inquiry_url: telling.inquiryUrl ?? null,
          about: {
            ...(telling.report && { report: telling.report }),
            ...(telling.decision && { decision: telling.decision }),
            ...(telling.appeal && { appeal: telling.appeal }),
            ...(telling.inquiry && { inquiry: telling.inquiry }),
          },
        };
  await enqueue(
    tx,
    {
      id: house.ids.next(),
      service: of.service,
      type: template === 'report.acknowledged' ? 'report.acknowledged' : 'notice.issued',
      subject: id,
      data,
    },
    house.clock.now(),
  );
  tx.afterCommit(house.nudgeOutbox);
}

/** With which report somebody without an account came to us: an appeal of theirs is written to the address that they gave with it. */
export async function reportOf(
  tx: Tx,
  { case: of, report, to }: Pick<notices.Notice, 'case' | 'report' | 'to'>,
): Promise<intake.Report | undefined> {
  if (report !== null) return intake.report(tx, report);
  return (await intake.reportsOf(tx, of)).find(({ reporter }) => reporter !== null && reporter === to);
}

/** The outbox holds neither the words nor the address: both are read from the records, under their keys, when it leaves. */
async function byEmail(house: House, tx: Tx, service: string, notice: string): Promise<void> {
  await enqueue(
    tx,
    { id: house.ids.next(), service, receiver: 'email', type: 'notice.emailed', subject: notice, data: {} },
    house.clock.now(),
  );
  tx.afterCommit(house.nudgeOutbox);
}

interface Written {
  readonly report: string | null;
  readonly appeal: string | null;
  readonly inquiry: string | null;
  readonly outcome: 'actioned' | 'no-violation' | 'already-decided' | null;
  readonly stops: readonly Answering[];
}

/** The notice reached its channel: what it answers is answered. The caller holds the case's lock; twice is once. */
export async function handed(house: House, tx: Tx, id: string, channel: 'webhook' | 'page' | 'email', written: Written): Promise<void> {
  const notice = await notices.notice(tx, id);
  if (!notice || notice.state === 'handed') return;
  const because = await append(house, tx, {
    kind: 'notice.handed',
    service: notice.service,
    case: notice.case,
    payload: {
      notice: id,
      channel,
      report: written.report,
      appeal: written.appeal,
      inquiry: written.inquiry,
      outcome: written.outcome,
      stops: [...written.stops],
    },
  });
  await notices.hand(because);
  await intake.hear(because);
  for (const subject of [written.report, written.appeal, written.inquiry])
    if (subject !== null) await cases.stopClocks(because, subject, written.stops);
}
