import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import { type Because, reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import { lockTogether } from '../casework/bundle.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';
import { asMoot, type Cell, cellOf, outcomeTable, type Side, type Told } from './outcomes.ts';
import { isMoot, rowOf } from './row.ts';
import { type AccountTold, type Also, tell } from './tell.ts';
import { decisionValues, dismissalPath, inquiryUntil, reportValues } from './values.ts';

type Decision = decisions.Decision;

/** Hears a report: its reporter is told at once that we have it, unless they were written to before (the answer, where it was decided already). */
export async function acknowledgeReport(house: House, tx: Tx, heard: Because<'report.received'>): Promise<void> {
  const of = await lockCase(tx, heard.record.case as string);
  const [report, written] = await Promise.all([intake.report(tx, heard.payload.report), notices.noticesOnReport(tx, heard.payload.report)]);
  if (!report || report.reporter === null || written.length > 0) return;
  await tell(house, tx, {
    case: of,
    to: report.reporter,
    role: 'reporter',
    template: 'report.acknowledged',
    language: report.language,
    report: report.id,
    values: await reportValues(house, tx, of, report),
    stops: ['acknowledge'],
  });
}

/** Hears a decision: author and reporters are told. */
export async function explainMade(house: House, tx: Tx, heard: Because<'decision.made'>): Promise<void> {
  const decision = await decisions.decision(tx, heard.payload.decision);
  if (decision) await explainDecision(house, tx, decision);
}

/**
 * Tells author and reporters, each in their language, what was decided, why, and what they can do. Nobody, where it is kept secret.
 * @param late: it was kept secret until now, so that whoever is usually told by something else is told here.
 */
export async function explainDecision(
  house: House,
  tx: Tx,
  decision: Decision,
  { late = false }: { readonly late?: boolean } = {},
): Promise<void> {
  const of = await lockCase(tx, decision.case);
  if (await cases.isSecret(tx, decision)) return;
  const row = await rowOf(tx, decision);
  const moot = await mootly(tx, decision);
  const appeal = decision.appeal === null ? undefined : await appeals.appeal(tx, decision.appeal);
  const appealed = (person: string, side: Side) => appeal?.appellant === person && appeal.role === side;
  const appealing = (person: string, side: Side) => (appeal && appealed(person, side) ? { appeal: appeal.id } : {});
  const author = decision.account;
  // The authors of a bundle are told once each (`explainBundle`), but for who appealed: they get their own answer.
  const apart = late || (await decisions.bundleOf(tx, toldWith(decision))) === undefined || appeal?.case === of.id;
  const cell = moot(cellOf(row, 'author', author !== null && appealed(author, 'author')), 'author');
  if (author && apart && !('tell' in cell && cell.afterwards && !late))
    await explainTo(house, tx, of, decision, cell, {
      to: author,
      role: 'author',
      language: (await languageOf(tx, author)) ?? of.language,
      ...appealing(author, 'author'),
    });
  for (const report of await intake.reportsOf(tx, of.id)) {
    // Whose report came after this decision has been told of it in the report's own transaction.
    const told = (await notices.noticesOnReport(tx, report.id)).some((notice) => notice.decision === decision.id);
    // A dismissal is an answer of its own, and answers for good.
    if (report.reporter === null || told || report.ground !== null) continue;
    await explainTo(house, tx, of, decision, moot(cellOf(row, 'reporter', appealed(report.reporter, 'reporter')), 'reporter'), {
      to: report.reporter,
      role: 'reporter',
      language: report.language,
      report,
      ...appealing(report.reporter, 'reporter'),
    });
  }
}

/** What follows for the account is told with the item that it follows from; what takes the place of something is told by itself. */
function toldWith({ id, follows, supersedes }: Decision): string {
  return follows !== null && supersedes === null ? follows : id;
}

/**
 * Hears what was decided as one: each author is told once for each outcome, in a notice that lists what of theirs it is about and says what
 * follows for their account. The notice stands in the case of the first.
 */
export async function explainBundle(house: House, tx: Tx, heard: Because<'bundle.decided'>): Promise<void> {
  const groups = new Map<string, Decision[]>();
  for (const id of heard.payload.decisions) {
    const decision = (await decisions.decision(tx, id)) as Decision;
    const appeal = decision.appeal === null ? undefined : await appeals.appeal(tx, decision.appeal);
    if (decision.account === null || appeal?.case === decision.case) continue;
    if (await cases.isSecret(tx, decision)) continue;
    const key = `${decision.account} ${decision.determination}`;
    groups.set(key, [...(groups.get(key) ?? []), decision]);
  }
  const firsts = await lockTogether(
    tx,
    [...groups.values()].map(([first]) => (first as Decision).case),
  );
  for (const [first, ...others] of groups.values()) {
    const decision = first as Decision;
    const author = decision.account as string;
    const of = firsts.find(({ id }) => id === decision.case) as cases.Case;
    const to: Person = { to: author, role: 'author', language: (await languageOf(tx, author)) ?? (firsts[0] as cases.Case).language };
    const cell = (await mootly(tx, decision))((await rowOf(tx, decision)).author, 'author');
    const account = await followingFrom(tx, author, [decision, ...others]);
    // Where there is nothing to tell of the items, what follows for the account is told by itself.
    if ('nothing' in cell && account) await explainTo(house, tx, of, account, (await rowOf(tx, account)).author, to);
    else await explainTo(house, tx, of, decision, cell, to, { others, account });
  }
}

/** The measure on the author's account that followed from what was decided as one. */
async function followingFrom(tx: Tx, author: string, made: readonly Decision[]): Promise<Decision | undefined> {
  const ids = new Set(made.map(({ id }) => id));
  const all = await decisions.decisionsOnAccount(tx, author);
  return all.find((one) => one.follows !== null && one.supersedes === null && ids.has(one.follows));
}

/** Hears that a measure ended by itself: its holder is told, in their language. */
export async function explainEnd(house: House, tx: Tx, heard: Because<'measure.ended'>): Promise<void> {
  const of = await lockCase(tx, heard.record.case as string);
  const decision = (await decisions.decision(tx, heard.payload.decision)) as Decision;
  if (decision.account === null || (await cases.isSecret(tx, decision))) return;
  await explainTo(house, tx, of, decision, outcomeTable[decision.targetKind === 'account' ? 'account-ended' : 'ended'].author, {
    to: decision.account,
    role: 'author',
    language: (await languageOf(tx, decision.account)) ?? of.language,
  });
}

/** What a cell becomes of a decision that was moot before anybody was told of it. */
async function mootly(tx: Tx, decision: Decision): Promise<(cell: Cell, side: Side) => Cell> {
  const moot = decision.stage === 'final' && decision.targetKind === 'item' && (await isMoot(tx, decision));
  return (cell, side) => (moot ? asMoot(cell, side) : cell);
}

interface Person {
  readonly to: string;
  readonly role: 'author' | 'reporter' | 'appellant';
  readonly language: Language;
  readonly report?: intake.Report;
  readonly appeal?: string;
}

/** Writes what the cell says to one person; nothing where it says why not. */
export async function explainTo(
  house: House,
  tx: Tx,
  of: cases.Case,
  decision: Decision,
  cell: Cell,
  person: Person,
  { others = [], account }: { readonly others?: readonly Decision[]; readonly account?: Decision | undefined } = {},
): Promise<void> {
  if ('nothing' in cell) return;
  const reason = (await reveal(house, tx, 'decision.made', decision.record))?.reason ?? '';
  const side = person.role === 'author' ? 'author' : 'reporter';
  const { values, statementUrl, appealUrl, inquiryUrl } = await decisionValues(house, tx, of, decision, {
    language: person.language,
    side,
    person: person.to,
    reason,
    mayAppeal: cell.appeal,
    mayInquire: cell.inquire,
  });
  const also: Also[] = [];
  for (const other of others) also.push(await alsoAbout(house, tx, other, person, cell.appeal));
  await tell(house, tx, {
    case: of,
    to: person.to,
    role: person.role,
    template: cell.tell,
    language: person.language,
    values: {
      ...values,
      ...(also.length === 0 ? {} : { others: also.map(({ posted }) => posted).join(' ') }),
      ...(account && { account: await templateOf(tx, account) }),
      ...(account?.endsAt && { account_until: account.endsAt.toISOString() }),
    },
    ...(also.length === 0 ? {} : { also }),
    ...(account && { account: await accountAbout(house, tx, of, account, person) }),
    decision: decision.id,
    statementUrl,
    ...(appealUrl ? { appealUrl } : {}),
    ...(inquiryUrl ? { inquiryUrl } : {}),
    ...(person.report ? { report: person.report.id } : {}),
    ...(person.appeal ? { appeal: person.appeal } : {}),
    ...(cell.answer ? { outcome: cell.answer } : {}),
    stops: [
      ...(person.report && cell.answer ? (['acknowledge', 'answer.status', 'answer.outcome'] as const) : []),
      ...(person.report && cell.status ? (['answer.status'] as const) : []),
      ...(person.appeal ? (['appeal.answer'] as const) : []),
    ],
  });
}

/** What a notice says of each further item that it is about. */
async function alsoAbout(house: House, tx: Tx, decision: Decision, { to, language }: Person, mayAppeal: boolean): Promise<Also> {
  const of = (await cases.caseOf(tx, decision.case)) as cases.Case;
  const { values, statementUrl, appealUrl } = await decisionValues(house, tx, of, decision, {
    language,
    side: 'author',
    person: to,
    reason: '',
    mayAppeal,
  });
  const item = await subjects.item(tx, of.item);
  return {
    posted: values.posted as string,
    decision: decision.id,
    item: item?.externalId ?? null,
    statement_url: statementUrl,
    appeal_url: appealUrl ?? null,
  };
}

/** The notice that would tell of this alone. */
async function templateOf(tx: Tx, decision: Decision): Promise<string> {
  return ((await rowOf(tx, decision)).author as Told).tell;
}

/** What a notice about items says of what follows for their author's account. */
async function accountAbout(house: House, tx: Tx, of: cases.Case, decision: Decision, { to, language }: Person): Promise<AccountTold> {
  const about = { language, side: 'author', person: to, reason: '', mayAppeal: true } as const;
  const { statementUrl, appealUrl } = await decisionValues(house, tx, of, decision, about);
  return {
    decision: decision.id,
    measure: decision.determination,
    until: decision.endsAt?.toISOString() ?? null,
    statement_url: statementUrl,
    appeal_url: appealUrl ?? null,
  };
}

/**
 * This very revision has been decided, and that decision is the answer: to a report that arrives, or whose dismissal is taken back. The caller
 * holds the case's lock. @param appealing they appeal against it in the same transaction, so that they are not told how
 */
export async function tellAlreadyDecided(house: House, tx: Tx, reportId: string, decision: Decision, appealing = false): Promise<void> {
  const of = (await cases.caseOf(tx, decision.case)) as cases.Case;
  const report = (await intake.report(tx, reportId)) as intake.Report;
  // Kept secret: to them it is as if nobody had decided. They are told with everybody else.
  if (report.reporter === null || (await cases.isSecret(tx, decision))) return;
  // They may appeal where those may who reported before them.
  const theirs = (await rowOf(tx, decision)).reporter;
  const cell = { ...(outcomeTable['already-decided'].reporter as Told), appeal: !appealing && 'appeal' in theirs && theirs.appeal };
  await explainTo(house, tx, of, decision, cell, {
    to: report.reporter,
    role: 'reporter',
    language: report.language,
    report,
  });
}

/** Hears a dismissal: the reporter is told on which ground, and how to ask about it (Act 866 s.21). */
export async function explainDismissal(house: House, tx: Tx, heard: Because<'report.dismissed'>): Promise<void> {
  const of = await lockCase(tx, heard.record.case as string);
  const report = await intake.report(tx, heard.payload.report);
  if (!report || report.reporter === null) return;
  const { reason, ground } = heard.payload;
  await tell(house, tx, {
    case: of,
    to: report.reporter,
    role: 'reporter',
    template: 'report.dismissed',
    language: report.language,
    report: report.id,
    values: {
      ...(await reportValues(house, tx, of, report)),
      ground,
      ask_by: inquiryUntil(report.harm, house.clock.now()),
      ...(reason === null ? {} : { reason }),
    },
    inquiryUrl: `${house.publicUrl}${dismissalPath(house, report, report.language)}`,
    stops: ['acknowledge', 'answer.status', 'answer.outcome'],
  });
}

/** Hears an appeal: the appellant is told that somebody else will look. */
export async function acknowledgeAppeal(house: House, tx: Tx, heard: Because<'appeal.received'>): Promise<void> {
  const to = heard.party('appellant');
  const decision = await decisions.decision(tx, heard.payload.decision);
  if (to === null || !decision) return;
  const of = await lockCase(tx, heard.record.case as string);
  const { values, statementUrl } = await decisionValues(house, tx, of, decision, {
    language: heard.payload.language,
    side: heard.payload.role,
    person: to,
    reason: '',
    mayAppeal: false,
    appealDue: heard.payload.clocks[0]?.due_at ?? null,
  });
  await tell(house, tx, {
    case: of,
    to,
    role: 'appellant',
    template: 'appeal.received',
    language: heard.payload.language,
    values,
    decision: decision.id,
    appeal: heard.payload.appeal,
    statementUrl,
    stops: [],
  });
}

/**
 * Hears how an appeal ended. Upheld, or replaced by another decision meanwhile: the appellant is told here. Where it led to a new decision,
 * `explainDecision` tells both sides of that.
 */
export async function explainAppeal(house: House, tx: Tx, heard: Because<'appeal.decided'>): Promise<void> {
  const appeal = await appeals.appeal(tx, heard.payload.appeal);
  const decision = appeal && (await decisions.decision(tx, appeal.decision));
  const { outcome } = heard.payload;
  if (!appeal || !decision || appeal.appellant === null || (outcome !== 'upheld' && outcome !== 'replaced')) return;
  const of = await lockCase(tx, appeal.case);
  const { values, statementUrl } = await decisionValues(house, tx, of, decision, {
    language: appeal.language,
    side: appeal.role,
    person: appeal.appellant,
    reason: heard.payload.reason ?? '',
    mayAppeal: false,
  });
  const { tell: template } = outcomeTable[outcome].appellant[appeal.role] as Told;
  await tell(house, tx, {
    case: of,
    to: appeal.appellant,
    role: 'appellant',
    template,
    language: appeal.language,
    values,
    decision: decision.id,
    appeal: appeal.id,
    statementUrl,
    stops: ['appeal.answer'],
  });
}

/** Before the twelve hours are over, who still waits is told where the matter stands (Act 866 s.21). The caller holds the case's lock. */
export async function tellStatus(house: House, tx: Tx, of: cases.Case, report: intake.Report): Promise<void> {
  if (report.reporter === null) return;
  await tell(house, tx, {
    case: of,
    to: report.reporter,
    role: 'reporter',
    template: 'report.status',
    language: report.language,
    report: report.id,
    values: await reportValues(house, tx, of, report),
    stops: ['answer.status'],
  });
}

/** In which an account's holder is written to, where it is known. */
export async function languageOf(tx: Tx, account: string): Promise<Language | null> {
  return (await subjects.account(tx, account))?.language ?? null;
}
