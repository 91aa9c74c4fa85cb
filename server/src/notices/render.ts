import type { Language } from '../foundation/i18n/language.ts';
import {
  type DismissalGround,
  type ItemKind,
  type KnownLine,
  type NoticeId,
  type NoticeOutcome,
  noticeIds,
  noticeText,
  shippedLines,
} from '../foundation/i18n/notice-text.ts';
import type { Clause } from '../policy/questions.ts';

/** What a notice says beside its text: kept in its record, under its reader's key, so that it can be read again in the same words. */
export interface NoticeValues {
  readonly item?: string;
  readonly clause?: string;
  readonly harm?: string;
  readonly outcome?: string;
  /** On which a report was dismissed. */
  readonly ground?: string;
  readonly code?: string;
  readonly reason?: string;
  /** The reason is not known to be in the reader's language. */
  readonly as_written?: 'yes';
  /** Where it holds, ISO 3166-1; everywhere where it isn't said. */
  readonly territory?: string;
  readonly underway?: 'yes';
  readonly automated?: 'yes';
  /** RFC 3339. */
  readonly received?: string;
  readonly posted?: string;
  readonly decided?: string;
  readonly status_by?: string;
  readonly answer_by?: string;
  readonly decide_by?: string;
  readonly appeal_by?: string;
  readonly until?: string;
  readonly ask_by?: string;
  readonly inquire_by?: string;
  readonly status_url?: string;
  /** When what else of theirs it is about was posted: times, with a blank between. */
  readonly others?: string;
  /** What follows for the account, told in the same notice: by the notice that would tell of it alone, and when it ends by itself. */
  readonly account?: string;
  readonly account_until?: string;
}

export const templates: readonly string[] = noticeIds;

/**
 * A notice in its reader's words: title, and paragraphs as plain text.
 * @param clause that the decision names, in the version of the policy that it was made by.
 * @param lines the help lines as this installation knows them.
 * @throws Error for a text that does not exist, or where a fact it names is missing: nobody is sent a notice with holes.
 */
export function render(
  template: string,
  language: Language,
  values: NoticeValues,
  clause: Clause | null,
  lines: readonly KnownLine[] = shippedLines,
): { readonly title: string; readonly body: readonly string[] } {
  const { item, harm, outcome, ground, code, reason } = values;
  return noticeText(
    template as NoticeId,
    language,
    {
      ...(item === undefined ? {} : { item: item as ItemKind }),
      ...(harm === undefined ? {} : { harm }),
      ...(outcome === undefined ? {} : { outcome: outcome as NoticeOutcome }),
      ...(ground === undefined ? {} : { ground: ground as DismissalGround }),
      ...(code === undefined ? {} : { code }),
      ...(reason === undefined ? {} : { reason }),
      clause,
      ...(values.territory === undefined ? {} : { territory: values.territory }),
      underway: values.underway === 'yes',
      asWritten: values.as_written === 'yes',
      automated: values.automated === 'yes',
      ...(values.others === undefined ? {} : { others: values.others.split(' ').map((at) => new Date(at)) }),
      ...(values.account === undefined ? {} : { account: { id: values.account as NoticeId, ...dates({ until: values.account_until }) } }),
      ...dates({
        received: values.received,
        posted: values.posted,
        decided: values.decided,
        statusBy: values.status_by,
        answerBy: values.answer_by,
        decideBy: values.decide_by,
        appealBy: values.appeal_by,
        until: values.until,
        askBy: values.ask_by,
        inquireBy: values.inquire_by,
      }),
    },
    lines,
  );
}

function dates(given: Readonly<Record<string, string | undefined>>): Record<string, Date> {
  return Object.fromEntries(Object.entries(given).flatMap(([name, at]) => (at === undefined ? [] : [[name, new Date(at)]])));
}
