import harmsFile from '../../../../catalogue/harms.json' with { type: 'json' };
import helpLinesFile from '../../../../catalogue/help-lines.json' with { type: 'json' };
import notices from '../../../../catalogue/texts/notices.json' with { type: 'json' };
import type { Language } from './language.ts';
import type { Values } from './texts.ts';
import { fill } from './texts.ts';
import { dateTimeText } from './time.ts';

export const noticeIds = [
  'report.acknowledged',
  'report.status',
  'report.removed',
  'report.labelled',
  'report.lessened',
  'report.hidden',
  'report.no-violation',
  'report.gone',
  'report.already-decided',
  'report.dismissed',
  'author.hidden',
  'author.removed',
  'author.labelled',
  'author.lessened',
  'author.ended',
  'author.restored',
  'author.gone',
  'account.warned',
  'account.reprimanded',
  'account.restricted',
  'account.suspended',
  'account.terminated',
  'account.ended',
  'account.reinstated',
  'appeal.received',
  'appeal.upheld',
  'appeal.overturned.restored',
  'appeal.overturned.removed',
  'appeal.other.restored',
  'appeal.other.removed',
  'appeal.partly.author',
  'appeal.partly.account',
  'appeal.partly.reporter',
  'appeal.partly.kept',
  'appeal.overtaken',
  'appeal.replaced',
  'inquiry.received',
  'inquiry.explained',
  'inquiry.appeal',
  'inquiry.corrected',
  'inquiry.dismissal.explained',
  'inquiry.dismissal.appeal',
  'inquiry.dismissal.corrected',
  'author.instructed.removed',
  'author.instructed.restored',
  'report.instructed.removed',
  'report.instructed.restored',
] as const;
export type NoticeId = (typeof noticeIds)[number];
export type ItemKind = keyof typeof notices.items;
export type DismissalGround = keyof typeof notices.grounds;
export type NoticeOutcome = keyof typeof notices.outcomes;

type Quad = Readonly<Record<Language, string>>;
interface NoticeSheet {
  readonly id: string;
  readonly to: string;
  readonly title: Quad;
  readonly did: Quad;
  readonly underway?: Quad;
  readonly why?: Quad;
  readonly means?: Quad;
  /** Where no time was promised by which we say where it stands. */
  readonly meansWithoutStatus?: Quad;
  readonly can?: Quad;
  readonly help: boolean;
}

/** What a notice may have to say; which of it each needs stands in its texts' placeholders, and a missing one throws. */
export interface NoticeFacts {
  readonly item?: ItemKind;
  /** The clause in its reader's language; null: the content is within the guidelines. */
  readonly clause?: { readonly number: string; readonly title: Quad; readonly rule: Quad } | null;
  readonly harm?: string;
  readonly outcome?: NoticeOutcome;
  readonly ground?: DismissalGround;
  readonly code?: string;
  /** What the person who decided wrote. */
  readonly reason?: string;
  /** True where that is not known to be in the reader's language: the notice says so. */
  readonly asWritten?: boolean;
  /** True while the platform has not acknowledged the action: the notice says that it is being carried out. */
  readonly underway?: boolean;
  /** True where no person took part in the decision. */
  readonly automated?: boolean;
  readonly received?: Date;
  readonly posted?: Date;
  readonly decided?: Date;
  readonly statusBy?: Date;
  readonly answerBy?: Date;
  readonly decideBy?: Date;
  readonly appealBy?: Date;
  /** When what else of theirs was posted that was decided with it. */
  readonly others?: readonly Date[];
  /** What follows for the account, where the same notice tells of it: by the notice that would tell of that alone. */
  readonly account?: { readonly id: NoticeId; readonly until?: Date };
  /** Where it holds, where that isn't everywhere: the country. */
  readonly territory?: string;
  /** When a measure ends by itself. */
  readonly until?: Date;
  readonly askBy?: Date;
  /** Until when they may ask why; the notice says so where it is given. */
  readonly inquireBy?: Date;
}

const sheets: ReadonlyMap<string, NoticeSheet> = new Map(notices.notices.map((sheet) => [sheet.id, sheet as NoticeSheet]));

/**
 * A notice as its reader gets it: what we did, why, what it means, what you can do and until when, who can help. Plain text, a paragraph an entry.
 * Throws when a fact is missing that the text names: a notice with a hole in it is not sent.
 */
export function noticeText(
  id: NoticeId,
  language: Language,
  facts: NoticeFacts,
  lines: readonly KnownLine[] = shippedLines,
): { readonly title: string; readonly body: readonly string[] } {
  const sheet = asOutcome(sheetOf(id), facts.outcome);
  const values = valuesOf(facts, language);
  const write = (text: Quad | undefined): string | undefined =>
    text === undefined ? undefined : fill(language, atStart(text[language]), values);
  const why = facts.clause === null && sheet.why?.en.includes('{rule}') ? notices.common['no-violation'] : sheet.why;
  const did = facts.underway === true && sheet.underway !== undefined ? sheet.underway : sheet.did;
  const paragraphs = [
    write(did),
    facts.others === undefined || facts.others.length === 0
      ? undefined
      : fill(language, notices.common.others[language], {
          count: facts.others.length,
          dates: facts.others.map((at) => dateTimeText(at, language)).join(language === 'zh' ? '、' : '; '),
        }),
    facts.automated === true && sheet.to === 'author' ? write(notices.common.automated) : undefined,
    write(why),
    sheet.why === undefined || !facts.reason ? undefined : write(notices.common[facts.asWritten ? 'as-written' : 'reason']),
    write(id.endsWith('.lessened') || isLessened(id, facts.outcome) ? limitsOf(facts.outcome) : meansOf(sheet, facts)),
    facts.until !== undefined && timed.test(id) ? write(notices.common.until) : undefined,
    facts.territory === 'MY' ? write(notices.common.territory) : undefined,
    ...(facts.account === undefined ? [] : accountText(facts.account, language, facts)),
    // Nobody is told of an appeal that is not open to them.
    sheet.can?.en.includes('{appeal_by}') && facts.appealBy === undefined ? undefined : write(sheet.can),
    facts.inquireBy === undefined ? undefined : write(notices.common.inquire),
    // An author is not a victim of the harm: the lines for a hard day, not those of the harm.
    sheet.help ? helpText(sheet.to === 'reporter' ? facts.harm : undefined, language, lines) : undefined,
  ];
  return { title: write(sheet.title) ?? '', body: paragraphs.filter((paragraph) => paragraph !== undefined) };
}

function sheetOf(id: string): NoticeSheet {
  const sheet = sheets.get(id);
  if (sheet === undefined) throw new Error(`no notice called ${id}`);
  return sheet;
}

/** What the regulator has taken away that is nothing but a place in search or among what is recommended was not removed: it says what was done. */
function asOutcome(sheet: NoticeSheet, outcome: NoticeOutcome | undefined): NoticeSheet {
  if (!sheet.id.endsWith('.instructed.removed') || outcome === undefined || !(outcome in notices.limits)) return sheet;
  const { title, did, underway } = sheetOf(sheet.to === 'author' ? 'author.lessened' : 'report.lessened');
  return {
    ...sheet,
    ...{ title, did },
    ...(underway && { underway }),
    ...(sheet.to === 'author' && { means: limitsOf(outcome) }),
  };
}

function meansOf(sheet: NoticeSheet, { statusBy }: NoticeFacts): Quad | undefined {
  return (statusBy === undefined ? sheet.meansWithoutStatus : undefined) ?? sheet.means;
}

/** What was done to the account, and what that means, as the notice says it that tells of nothing else. */
function accountText({ id, until }: NonNullable<NoticeFacts['account']>, language: Language, facts: NoticeFacts): readonly string[] {
  const sheet = sheetOf(id);
  const { until: _, ...rest } = facts;
  const values = valuesOf(until === undefined ? rest : { ...rest, until }, language);
  const did = facts.underway === true && sheet.underway !== undefined ? sheet.underway : sheet.did;
  return [did, sheet.means].flatMap((text) => (text === undefined ? [] : [fill(language, atStart(text[language]), values)]));
}

/** Measures on an item that may end by themselves. */
const timed = /^((author|report)\.(lessened|labelled)|appeal\.partly\..*)$/;

/** An appeal that was right in part ends in anything between; what is less than removing says what it means. */
function isLessened(id: string, outcome: NoticeOutcome | undefined): boolean {
  return id.startsWith('appeal.partly.') && outcome !== undefined && outcome in notices.limits;
}

/** What it means where an item is still there, with less. @throws Error for an outcome that isn't one of those */
function limitsOf(outcome: NoticeOutcome | undefined): Quad {
  if (outcome === undefined || !(outcome in notices.limits)) throw new Error(`no limits are called ${outcome}`);
  return notices.limits[outcome as keyof typeof notices.limits];
}

/** A help line in four languages, and when somebody of the operator's rang it last; `verify`: shown only once somebody has. */
export interface KnownLine {
  readonly id: string;
  readonly number: string;
  readonly tel: string;
  readonly verify: boolean;
  /** A day, YYYY-MM-DD. */
  readonly verified_at: string | null;
  readonly name: Quad;
  readonly for: Quad;
  readonly hours: Quad;
  /** For which harms, beside those that the catalogue names it for. */
  readonly harms?: readonly string[];
}

/** Those that come with the program. An installation says its own over them (`policy/help-line.ts`). */
export const shippedLines: readonly KnownLine[] = helpLinesFile.lines;

export interface HelpLine {
  readonly id: string;
  readonly number: string;
  readonly tel: string;
  readonly name: string;
  readonly for: string;
  readonly hours: string;
}

/** The help lines of a harm (or, without one, of a hard day), in the reader's language. A number that nobody has confirmed yet is not among them. */
export function helpLinesFor(
  harm: string | undefined,
  language: Language,
  lines: readonly KnownLine[] = shippedLines,
): readonly HelpLine[] {
  const usual = harmsFile.harms.find((each) => each.id === harm)?.helpLines ?? ['heal', 'talian-kasih'];
  const added = lines.filter((line) => harm !== undefined && line.harms?.includes(harm)).map(({ id }) => id);
  return [...new Set([...usual, ...added])].flatMap((id) => {
    const line = lines.find((each) => each.id === id);
    if (line === undefined || (line.verify && line.verified_at === null)) return [];
    return [{ id, number: line.number, tel: line.tel, name: line.name[language], for: line.for[language], hours: line.hours[language] }];
  });
}

function helpText(harm: string | undefined, language: Language, known: readonly KnownLine[]): string | undefined {
  const lines = helpLinesFor(harm, language, known).map((line) =>
    language === 'zh' ? `${line.name}（${line.number}）` : `${line.name} (${line.number})`,
  );
  if (lines.length === 0) return undefined;
  return fill(language, notices.common.help[language], { lines: lines.join(language === 'zh' ? '、' : ', ') });
}

/** A sentence that begins with the kind of item begins with a capital, in the languages that have them. */
function atStart(text: string): string {
  return text.replaceAll(/(^|[.?!:] )\{item\}/g, '$1{Item}');
}

function valuesOf(facts: NoticeFacts, language: Language): Values {
  const item = facts.item === undefined ? undefined : notices.items[facts.item][language];
  const { clause } = facts;
  const known: Record<string, string | Date | undefined> = {
    item,
    Item: item === undefined ? undefined : item.charAt(0).toUpperCase() + item.slice(1),
    rule: clause?.rule[language],
    clause: clause?.title[language],
    number: clause?.number,
    outcome: facts.outcome === undefined ? undefined : notices.outcomes[facts.outcome][language],
    ground: facts.ground === undefined ? undefined : notices.grounds[facts.ground][language],
    code: facts.code,
    reason: facts.reason,
    received: facts.received,
    posted: facts.posted,
    decided: facts.decided,
    status_by: facts.statusBy,
    answer_by: facts.answerBy,
    decide_by: facts.decideBy,
    appeal_by: facts.appealBy,
    until: facts.until,
    ask_by: facts.askBy,
    inquire_by: facts.inquireBy,
  };
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(known)) {
    if (value !== undefined) values[name] = value instanceof Date ? dateTimeText(value, language) : value;
  }
  return values;
}
