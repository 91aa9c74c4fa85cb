import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { itemKinds } from '../../subjects/index.ts';
import { proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { words } from './words.ts';

export interface TypedInstruction {
  readonly service?: string;
  readonly kind?: string;
  readonly reference?: string;
  readonly due?: string;
  readonly item_kind?: string;
  readonly item_id?: string;
}

export interface EntryShown {
  readonly services: readonly { readonly slug: string; readonly name: string }[];
  /** Kinds of item that services defined themselves. */
  readonly ownKinds: readonly { readonly kind: string }[];
  readonly typed?: TypedInstruction;
  readonly errors?: readonly FieldError[];
}

/** The form that enters what the regulator asks. */
export function entry(visit: Visit, { services, ownKinds, typed = {}, errors = [] }: EntryShown): Html {
  const { language } = visit;
  const say = words(language);
  const more = (name: keyof TypedInstruction) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return { ...(typed[name] ? { value: typed[name] } : {}), ...(error ? { error } : {}) };
  };
  const choices = (all: readonly (readonly [string, string])[]) => all.map(([value, label]) => ({ value, label }));
  const kinds = (['remove', 'restore', 'direction', 'non-compliance'] as const).map((kind) => [kind, say(`kind.${kind}`)] as const);
  return html`<section><h2>${say('enter')}</h2><form class="stack" method="post" action="/desk/instructions">${proof(visit)}${[
    field({
      kind: 'select',
      language,
      name: 'service',
      label: shared(language)('service'),
      choices: choices(services.map(({ slug, name }) => [slug, name])),
      ...more('service'),
    }),
    field({ kind: 'radios', language, name: 'kind', label: say('kind'), choices: choices(kinds), ...more('kind') }),
    field({ kind: 'text', language, name: 'reference', label: say('reference'), maxlength: 100, ...more('reference') }),
    field({ kind: 'text', language, name: 'due', label: say('due'), hint: say('due.hint'), short: true, maxlength: 16, ...more('due') }),
    field({
      kind: 'select',
      language,
      name: 'item_kind',
      label: say('item.kind'),
      choices: choices([...new Set([...itemKinds, ...ownKinds.map(({ kind }) => kind)])].map((one) => [one, one])),
      ...more('item_kind'),
    }),
    field({ kind: 'text', language, name: 'item_id', label: say('item.id'), hint: say('item.hint'), maxlength: 200, ...more('item_id') }),
  ]}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form></section>`;
}
