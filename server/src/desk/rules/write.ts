import { harms, type RuleProblem, vocabulary } from '@perisai/screening';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { languages, ownNames } from '../../foundation/i18n/language.ts';
import type { Policy } from '../../policy/index.ts';
import type { Rule } from '../../screening/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { harmShort } from '../words.ts';
import { words } from './words.ts';

export const verdicts = ['review', 'restrict', 'withhold', 'block'] as const satisfies readonly Rule['verdict'][];
const parts = ['name', 'why'] as const;

/** What the form about a rule sends: every field a string. */
export const ruleFields: readonly string[] = [
  'slug',
  'clause',
  'verdict',
  'when',
  'check',
  ...parts.flatMap((part) => languages.map((language) => `${part}_${language}`)),
];
export type TypedRule = Readonly<Record<string, string | undefined>>;

export function typedRule({ slug, clause, verdict, when, name, why }: Rule): TypedRule {
  const texts = languages.flatMap((language) => [
    [`name_${language}`, name[language] ?? ''],
    [`why_${language}`, why[language] ?? ''],
  ]);
  return { slug, clause, verdict, when, ...Object.fromEntries(texts) };
}

export interface WritingShown {
  readonly typed: TypedRule;
  readonly guidelines: Policy;
  /** Of the expression; null: it was not looked at yet. */
  readonly problems: readonly RuleProblem[] | null;
  readonly errors?: readonly FieldError[];
}

/** A rule is written: what is wrong with its expression stands marked in the text, each with a sentence. */
export function writingPage(visit: Visit, { typed, guidelines, problems, errors = [] }: WritingShown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const value = (name: string) => {
    const error = errors.find((one) => one.field === name)?.message;
    return { name, value: typed[name] ?? '', ...(error ? { error } : {}) };
  };
  return frame(visit, {
    title: say('write'),
    active: 'rules',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<form method="post" action="/desk/rules/new">${proof(visit)}${field({ kind: 'text', language, label: say('slug'), hint: say('slug.hint'), maxlength: 60, autocomplete: 'off', ...value('slug') })}${field(
      { kind: 'long', language, label: say('when'), hint: say('when.hint'), rows: 4, maxlength: 1_000, ...value('when') },
    )}${problems === null ? null : marked(visit, typed['when'] ?? '', problems)}<div class="actions">${button({ text: say('check'), name: 'check', value: 'yes' })}</div><div class="two">${field(
      {
        kind: 'select',
        language,
        label: say('clause'),
        choices: harms.flatMap((harm) =>
          guidelines.clauses
            .filter((clause) => clause.harm === harm)
            .map(({ id, number, title }) => ({ value: id, label: `${number} ${title[language]} (${harmShort(harm, language)})` })),
        ),
        ...value('clause'),
      },
    )}${field({ kind: 'select', language, label: say('verdict'), choices: verdicts.map((one) => ({ value: one, label: say(`verdict.${one}`) })), ...value('verdict') })}</div>${parts.map(
      (part) =>
        html`<fieldset class="field"><legend class="field-label">${say(part)}</legend><div class="two">${languages.map((one) =>
          field({
            ...(part === 'name' ? { kind: 'text', maxlength: 200 } : { kind: 'long', rows: 3, maxlength: 1_000 }),
            language,
            label: say('language', { part: say(part), language: ownNames[one] }),
            optional: true,
            ...value(`${part}_${one}`),
          }),
        )}</div></fieldset>`,
    )}<div class="actions">${button({ kind: 'primary', text: say('save') })}</div></form><details><summary>${say('vocabulary')}</summary>${names()}</details>`,
  });
}

/** The expression once more, with each wrong place marked, and what is wrong there. */
function marked({ language }: Visit, when: string, problems: readonly RuleProblem[]): Part {
  const say = words(language);
  if (problems.length === 0) return html`<p class="notice" role="status">${say('fine')}</p>`;
  const shown: Part[] = [];
  let at = 0;
  for (const { start, end } of problems) {
    if (start < at) continue;
    // Where something is missing there is nothing to mark, so the place itself is.
    shown.push(when.slice(at, start), html`<mark>${start === end ? '▲' : when.slice(start, end)}</mark>`);
    at = end;
  }
  shown.push(when.slice(at));
  return html`<div class="notice" role="status"><p>${say('wrong')}</p><p><code class="breaks">${shown}</code></p><ul>${problems.map(
    ({ line, column, message }) => html`<li>${say('place', { line, column, message })}</li>`,
  )}</ul></div>`;
}

function names(): Part {
  const of = (prefix: string, fields: Readonly<Record<string, { readonly type: string; readonly about: string }>>) =>
    Object.entries(fields).map(([name, { type, about }]) => html`<li lang="en"><code>${prefix}.${name}</code> (${type}): ${about}</li>`);
  return html`<ul>${of('item', vocabulary.item)}${of('account', vocabulary.account)}${of('s', vocabulary.signal)}</ul>`;
}
