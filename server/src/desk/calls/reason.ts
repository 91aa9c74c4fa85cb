import { badge } from '../../foundation/html/badge.ts';
import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { attributes, html, type Part } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { promises } from '../../procedure/moderation/index.ts';
import { may } from '../../staff/index.ts';
import type { BreachRow } from '../../views/clocks.sql.ts';
import { proof, type Visit } from '../frame.ts';
import { clockName, words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    explained: 'Dijelaskan oleh {name}, {when}',
    waits: 'Menunggu sebab daripada seseorang',
    happened: 'Apa yang berlaku',
    remedy: 'Apa yang dibuat supaya tidak berulang',
    explain: 'Beri sebab',
    'explain.of': 'kes {code}, {clock}',
    'wrong.text': 'Tulis apa yang berlaku dan apa yang dibuat, satu ayat setiap satu.',
    erased: 'Kata-katanya sudah dihapuskan bersama penulisnya.',
    'reason.not kept in time': 'Tidak ditepati dalam masanya',
    'reason.kept secret': 'Dirahsiakan; dijawab apabila kerahsiaan tamat',
    'reason.lapsed undelivered': 'Tempohnya tamat sebelum platform membuatnya',
  },
  en: {
    explained: 'Explained by {name}, {when}',
    waits: 'Waits for a person’s reason',
    happened: 'What happened',
    remedy: 'What is done so that it does not happen again',
    explain: 'Give the reason',
    'explain.of': 'case {code}, {clock}',
    'wrong.text': 'Write what happened and what is done about it, in a sentence each.',
    erased: 'What was said was erased with who said it.',
    'reason.not kept in time': 'Not kept in time',
    'reason.kept secret': 'Kept secret; answered when that ends',
    'reason.lapsed undelivered': 'Its time ended before the platform had done it',
  },
});

/** What a person said of a breach; null once they were erased. */
export interface Said {
  readonly happened: string | null;
  readonly remedy: string | null;
}

/** What somebody filled in before the page came back. */
export interface TypedReason {
  readonly subject?: string;
  readonly clock?: string;
  readonly happened?: string;
  readonly remedy?: string;
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What was typed, where it names a promise that there can be. */
export function explanationIn({ subject = '', clock: named, happened = '', remedy = '' }: TypedReason) {
  const clock = promises.find((promised) => promised.clock === named)?.clock;
  return clock && uuid.test(subject) ? { subject, clock, happened, remedy } : null;
}

export function reasonMissing({ language }: Visit): FieldError {
  return { message: words(language)('wrong.text') };
}

/** What the record says by itself, and what a person says: a breach without that waits for it. */
export function reasonOf(
  visit: Visit,
  row: BreachRow,
  { explanations, typed = {} }: { readonly explanations: ReadonlyMap<string, Said>; readonly typed?: TypedReason },
): Part {
  const { language, now, member } = visit;
  const say = words(language);
  const machine =
    row.reason === 'not kept in time' || row.reason === 'lapsed undelivered' || row.reason === 'kept secret'
      ? say(`reason.${row.reason}`)
      : row.reason;
  if (row.explanation !== null && row.explainedAt !== null) {
    const said = explanations.get(row.explanation);
    const name = row.explainedBy ?? shared(language)('no-name');
    return html`${machine}<span class="below">${say('explained', { name, when: whenText(now, row.explainedAt, language) })}</span>${
      said?.happened
        ? definitionList([
            [say('happened'), said.happened],
            [say('remedy'), said.remedy],
          ])
        : html`<span class="below">${say('erased')}</span>`
    }`;
  }
  const waits = html`${machine}<span class="below">${badge({ level: 'high', word: say('waits') })}</span>`;
  if (!may(member, 'clock.explain', 'clocks').allowed) return waits;
  const here = typed.subject === row.subject && typed.clock === row.clock;
  const id = `${row.subject}-${row.clock}`;
  const about = say('explain.of', { code: shortCode(row.case ?? row.subject), clock: clockName(row.clock, language) });
  const answer = (name: 'happened' | 'remedy') =>
    html`<label for="${`${name}-${id}`}">${say(name)}</label><textarea ${attributes({ class: 'input', id: `${name}-${id}`, name, rows: 2, maxlength: 2_000, 'aria-required': 'true' })}>
${here ? typed[name] : ''}</textarea>`;
  return html`${waits}<details ${attributes({ open: here })}><summary>${say('explain')}<span class="unseen">: ${about}</span></summary><form method="post" action="/desk/clocks/explain">${proof(visit)}<input type="hidden" name="subject" value="${row.subject}"><input type="hidden" name="clock" value="${row.clock}">${answer('happened')}${answer('remedy')}${button({ text: say('explain') })}</form></details>`;
}
