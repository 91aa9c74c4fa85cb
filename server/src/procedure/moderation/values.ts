import type { Case } from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import { instant } from '../../foundation/i18n/instant.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** The link token of a statement of reasons, one a side: whoever has it was told of the decision. */
export function statementToken(house: Pick<House, 'secret'>, decision: string, side: 'author' | 'reporter', person: string): string {
  return `${side[0]}.${person}.${keyedDigest(house.secret, 'statement', decision, side, person).slice(0, 32)}`;
}

export function statementUrl(house: House, decision: Decision, side: 'author' | 'reporter', person: string, language: Language): string {
  return `${house.publicUrl}/statement/${decision.puid}?token=${statementToken(house, decision.id, side, person)}&lang=${language}`;
}

/** The address of a report's page; the code stands in it, the PIN does not. */
export function statusUrl(house: House, code: string, language: Language): string {
  return `${house.publicUrl}/report/${code}?lang=${language}`;
}

interface About {
  readonly language: Language;
  readonly side: 'author' | 'reporter';
  readonly person: string;
  /** What the person who decided wrote; empty where a machine did. */
  readonly reason: string;
  readonly mayAppeal: boolean;
  readonly appealDue?: string | null;
}

/** The words that the notices about a decision are filled with, in the receiver's language. */
export async function decisionValues(house: House, tx: Tx, of: Case, decision: Decision, about: About) {
  const { language, side, person } = about;
  const item = await subjects.item(tx, of.item);
  const revision = await subjects.revision(tx, decision.revision);
  const underway = (await enforcement.actionsOf(tx, decision.id)).some((action) => action.state === 'ordered');
  const clause = decision.clause === null ? undefined : policy.clauseOf(decision.clause);
  const at = (time: Date | null) => (time === null ? '' : instant(time, language));
  const determineBy = new Date(policy.periodEnd(of.harm, decision.decidedAt));
  const url = statementUrl(house, decision, side, person, language);
  const values: Record<string, string> = {
    item: notices.word('items', item?.kind ?? 'post', language),
    posted: at(revision ? revision.seenAt : of.openedAt),
    number: clause?.number ?? '',
    clause: clause?.title[language] ?? '',
    rule: clause?.rule[language] ?? '',
    outcome: notices.word('outcomes', outcomeWord(decision), language),
    decided: at(decision.decidedAt),
    received: at(house.clock.now()),
    decide_by: at(determineBy),
    answer_by: about.appealDue ? at(new Date(about.appealDue)) : at(determineBy),
    appeal_by: about.mayAppeal ? at(decision.appealUntil) : '',
    lines: notices.helpFor(policy.harmEntry(of.harm).helpLines, language),
    reason: about.reason,
    underway: underway ? 'yes' : '',
    automated: decision.automated === 'fully' ? 'yes' : '',
  };
  return { values, statementUrl: url, appealUrl: about.mayAppeal ? url.replace('/statement/', '/appeal/') : undefined };
}

function outcomeWord(decision: Decision): string {
  const words: Record<policy.Determination, string> = { remove: 'removed', label: 'labelled', 'make-inaccessible': 'hidden', restore: 'no-violation', none: 'no-violation' };
  return words[decision.determination];
}

/** The words of the notices that only say where a report stands. */
export async function reportValues(house: House, tx: Tx, of: Case, report: intake.Report): Promise<Record<string, string>> {
  const { language } = report;
  const item = await subjects.item(tx, report.item);
  const told = await reveal(house, tx, 'report.received', report.record);
  const due = (clock: string) => {
    const at = told?.clocks.find((one) => one.clock === clock)?.due_at;
    return at === undefined ? '' : instant(new Date(at), language);
  };
  const code = told?.access?.shown ?? '';
  return {
    item: notices.word('items', item?.kind ?? 'post', language),
    received: instant(report.receivedAt, language),
    code,
    status_by: due('answer.status'),
    answer_by: due('answer.outcome'),
    status_at: told?.clocks.find((one) => one.clock === 'answer.status')?.due_at ?? '',
    answer_at: told?.clocks.find((one) => one.clock === 'answer.outcome')?.due_at ?? '',
    status_url: statusUrl(house, code, language),
    lines: notices.helpFor(policy.harmEntry(of.harm).helpLines, language),
  };
}
