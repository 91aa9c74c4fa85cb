import type { Case } from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import type * as intake from '../../intake/index.ts';
import type { NoticeValues } from '../../notices/index.ts';
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

/** Where the reporter asks why their report was dismissed. */
export function dismissalPath(house: House, report: Pick<intake.Report, 'id' | 'reporter'>, language: Language): string {
  const token = statementToken(house, report.id, 'reporter', report.reporter ?? '');
  return `/inquiry/${dismissalPrefix}${report.id}?token=${token}&lang=${language}`;
}

/** Before the id of a report, where else the number of a decision stands. */
export const dismissalPrefix = 'DSM-';

interface About {
  readonly language: Language;
  readonly side: 'author' | 'reporter';
  readonly person: string;
  /** What the person who decided wrote; empty where a machine did. */
  readonly reason: string;
  /** Whether the outcomes' table lets this side appeal; the link is given only while the window is open and the decision stands. */
  readonly mayAppeal: boolean;
  /** Whether it lets this side inquire. */
  readonly mayInquire?: boolean;
  readonly appealDue?: string | null;
}

/** What the notices about a decision say, for one reader. */
export async function decisionValues(house: House, tx: Tx, of: Case, decision: Decision, about: About) {
  const { language, side, person } = about;
  const item = await subjects.item(tx, of.item);
  const seen =
    decision.revision ?? (decision.follows === null ? null : ((await decisions.decision(tx, decision.follows))?.revision ?? null));
  const revision = seen === null ? undefined : await subjects.revision(tx, seen);
  const ordered = await enforcement.actionsOf(tx, decision.id);
  const underway = ordered.some((action) => action.state === 'ordered');
  const territory = ordered.at(-1)?.territory ?? null;
  const determineBy = policy.periodEnd(of.harm, decision.decidedAt);
  const contestable = about.mayAppeal && decision.supersededBy === null && decision.appealUntil !== null;
  // From when the notice is handed over, which is not before now.
  const appealUntil = contestable ? policy.appealUntil(of.harm, house.clock.now()) : null;
  const until = about.mayInquire && decision.supersededBy === null ? policy.inquiryUntil(of.harm, house.clock.now()) : null;
  const url = statementUrl(house, decision, side, person, language);
  const values: NoticeValues = {
    item: item?.kind ?? 'post',
    harm: of.harm,
    ...outcomeWord(decision),
    posted: (revision ? subjects.contentDate(revision) : of.openedAt).toISOString(),
    decided: decision.decidedAt.toISOString(),
    received: house.clock.now().toISOString(),
    decide_by: determineBy,
    answer_by: about.appealDue ?? determineBy,
    ...(decision.clause === null ? {} : { clause: decision.clause }),
    ...(decision.endsAt ? { until: decision.endsAt.toISOString() } : {}),
    ...(appealUntil ? { appeal_by: appealUntil } : {}),
    ...(until ? { inquire_by: until } : {}),
    ...(about.reason === '' ? {} : { reason: about.reason }),
    ...(territory === null ? {} : { territory }),
    ...(underway ? { underway: 'yes' } : {}),
    ...(decision.automated === 'fully' ? { automated: 'yes' } : {}),
  };
  return {
    values,
    statementUrl: url,
    appealUrl: appealUntil ? url.replace('/statement/', '/appeal/') : undefined,
    inquiryUrl: until ? url.replace('/statement/', '/inquiry/') : undefined,
  };
}

/** In one word, where there is one: of a measure on an account where it takes the place of a graver one. */
function outcomeWord({ determination }: Decision): { readonly outcome?: string } {
  const words: Record<policy.Determination | policy.AccountMeasure, string | null> = {
    remove: 'removed',
    label: 'labelled',
    disable: 'disabled',
    limit: 'limited',
    'age-gate': 'age-gated',
    delist: 'delisted',
    demote: 'demoted',
    'stop-recommending': 'not-recommended',
    interrupt: 'interrupted',
    'make-inaccessible': 'hidden',
    restore: 'no-violation',
    none: 'no-violation',
    warn: 'account-warned',
    reprimand: 'account-reprimanded',
    'restrict-account': 'account-restricted',
    'suspend-account': 'account-suspended',
    'terminate-account': null,
  };
  const outcome = words[determination];
  return outcome === null ? {} : { outcome };
}

/** What the notices say that only tell where a report stands. */
export async function reportValues(house: House, tx: Tx, of: Case, report: intake.Report): Promise<NoticeValues> {
  const item = await subjects.item(tx, report.item);
  const told = await reveal(house, tx, 'report.received', report.record);
  const due = (clock: string) => told?.clocks.find((one) => one.clock === clock)?.due_at;
  const code = told?.access?.shown ?? '';
  // On private messaging no law names a time for the status, and the notice names none.
  const [statusBy, answerBy] = [due('answer.status'), due('answer.outcome')];
  return {
    item: item?.kind ?? 'post',
    harm: of.harm,
    code,
    received: report.receivedAt.toISOString(),
    ...(statusBy === undefined ? {} : { status_by: statusBy }),
    ...(answerBy === undefined ? {} : { answer_by: answerBy }),
    status_url: statusUrl(house, code, report.language),
  };
}

/** Until when a dismissal or an action may be inquired into. */
export const inquiryUntil = policy.inquiryUntil;
