import { harms } from '@perisai/screening';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { type Language, languages, ownNames } from '../../foundation/i18n/language.ts';
import type * as policy from '../../policy/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { harmShort, words as shared } from '../words.ts';
import { words } from './words.ts';

/** The texts of a clause; a field of the form a language. */
const parts = ['title', 'rule', 'law', 'violating', 'allowed'] as const;

/** What a form about a clause sends: every field a string, named as here. */
export const clauseFields: readonly string[] = [
  'id',
  'number',
  'harm',
  'determination',
  'ground',
  'cites',
  ...parts.flatMap((part) => languages.map((language) => `${part}_${language}`)),
];

export type TypedClause = Readonly<Record<string, string | undefined>>;

/** A clause as its form shows it. */
export function typedOf(clause: policy.Clause): TypedClause {
  const lines = (part: (typeof parts)[number], language: Language) =>
    part === 'violating' || part === 'allowed' ? clause.examples[part].map((words) => words[language]).join('\n') : clause[part][language];
  const { id, number, harm, determination, ground, cites } = clause;
  return {
    ...{ id, number, harm, determination, ground, cites: cites.join(', ') },
    ...Object.fromEntries(parts.flatMap((part) => languages.map((language) => [`${part}_${language}`, lines(part, language)]))),
  };
}

/** What was typed, as a clause. The same line of an example's field is the same example in every language. */
export function clauseOf(typed: TypedClause): policy.Clause {
  const text = (name: string) => (typed[name] ?? '').replaceAll('\r\n', '\n').trim();
  const quad = (of: (language: Language) => string) =>
    Object.fromEntries(languages.map((language) => [language, of(language)])) as policy.Words;
  const words = (part: string) => quad((language) => text(`${part}_${language}`));
  const examples = (part: string) => {
    const lines = (language: Language) =>
      text(`${part}_${language}`)
        .split('\n')
        .map((line) => line.trim());
    const count = Math.max(...languages.map((language) => (text(`${part}_${language}`) === '' ? 0 : lines(language).length)));
    return Array.from({ length: count }, (_, place) => quad((language) => lines(language)[place] ?? ''));
  };
  return {
    id: text('id'),
    number: text('number'),
    harm: text('harm') as policy.Clause['harm'],
    title: words('title'),
    rule: words('rule'),
    determination: text('determination') as policy.Determination,
    ground: text('ground') as policy.Ground,
    law: words('law'),
    cites: text('cites')
      .split(/[\s,]+/)
      .filter((cite) => cite !== ''),
    examples: { violating: examples('violating'), allowed: examples('allowed') },
  };
}

export interface ClauseShown {
  readonly draft: policy.Draft;
  readonly seen: string;
  readonly typed: TypedClause;
  /** It stands in the draft already. */
  readonly known: boolean;
  readonly errors?: readonly FieldError[];
}

/** One clause of a draft, to be written in four languages side by side. */
export function clausePage(visit: Visit, { draft, seen, typed, known, errors = [] }: ClauseShown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const value = (name: string) => ({ name, value: typed[name] ?? '', ...wrong(name) });
  const wrong = (name: string) => {
    const error = errors.find((one) => one.field === name)?.message;
    return error ? { error } : {};
  };
  const select = (name: 'harm' | 'determination' | 'ground', choices: readonly (readonly [string, string])[]) =>
    field({ kind: 'select', language, label: say(name), choices: choices.map(([id, label]) => ({ value: id, label })), ...value(name) });
  const hidden = html`${proof(visit)}<input type="hidden" name="seen" value="${seen}">`;
  return frame(visit, {
    title: known ? say('clause.title', { id: typed['id'] ?? '' }) : say('clause.new'),
    active: 'policy',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<p><a href="${`/desk/policy/${draft.id}`}">${say('back')}</a></p><form method="post" action="${`/desk/policy/${draft.id}/clause`}">${hidden}${
      known
        ? html`<input type="hidden" name="id" value="${typed['id']}">`
        : field({ kind: 'text', language, label: say('id'), hint: say('id.hint'), maxlength: 81, autocomplete: 'off', ...value('id') })
    }<div class="two">${field({ kind: 'text', language, label: say('number'), short: true, maxlength: 12, autocomplete: 'off', ...value('number') })}${select(
      'harm',
      harms.map((harm) => [harm, harmShort(harm, language)]),
    )}</div><div class="two">${select('determination', [
      ['remove', common('determination.remove')],
      ['label', common('determination.label')],
      ['make-inaccessible', common('determination.make-inaccessible')],
    ])}${select('ground', [
      ['ILLEGAL_CONTENT', say('ILLEGAL_CONTENT')],
      ['INCOMPATIBLE_CONTENT', say('INCOMPATIBLE_CONTENT')],
    ])}</div>${parts.map((part) => quadField(visit, part, value))}${field({ kind: 'text', language, label: say('cites'), hint: say('cites.hint'), optional: true, maxlength: 200, ...value('cites') })}<div class="actions">${button({ kind: 'primary', text: say('save') })}</div></form>${
      known
        ? html`<form method="post" action="${`/desk/policy/${draft.id}/remove`}">${hidden}<input type="hidden" name="id" value="${typed['id']}">${button({ kind: 'critical', text: say('remove') })}</form>`
        : null
    }`,
  });
}

function quadField(
  { language }: Visit,
  part: (typeof parts)[number],
  value: (name: string) => { readonly name: string; readonly value: string },
): Part {
  const say = words(language);
  const examples = part === 'violating' || part === 'allowed';
  return html`<fieldset class="field"><legend class="field-label">${say(`part.${part}`)}</legend>${examples ? html`<span class="field-hint">${say('examples.hint')}</span>` : null}<div class="two">${languages.map(
    (one) =>
      field({
        ...(part === 'title' ? { kind: 'text', maxlength: 200 } : { kind: 'long', rows: 4, maxlength: 4_000 }),
        language,
        label: `${say(`part.${part}`)}, ${ownNames[one]}`,
        optional: true,
        ...value(`${part}_${one}`),
      }),
  )}</div></fieldset>`;
}
