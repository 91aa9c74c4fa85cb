import type { Language } from '../i18n/language.ts';
import { translate } from '../i18n/shared.ts';
import type { Html, Part } from './html.ts';
import { attributes, html } from './html.ts';
import { shape } from './marks.ts';

interface Question {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What to do, in a sentence; shown at the field and in the error summary. */
  readonly error?: string;
  readonly value?: string;
  readonly optional?: boolean;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export type Field = Question &
  (
    | {
        readonly kind: 'text';
        readonly type?: 'text' | 'password' | 'email' | 'search';
        readonly short?: boolean;
        readonly autocomplete?: string;
        readonly digits?: boolean;
        readonly maxlength?: number;
      }
    | { readonly kind: 'long'; readonly maxlength?: number; readonly rows?: number }
    | { readonly kind: 'select'; readonly choices: readonly Choice[]; readonly empty?: string }
    | { readonly kind: 'radios'; readonly choices: readonly Choice[] }
  );

/** One question: label, hint under it, what to put right, the control. Its id is its name, so that the error summary can lead there. */
export function field(options: Field): Html {
  const { name, hint, error } = options;
  const described = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`]
    .filter((id) => id !== '')
    .join(' ');
  const shared = {
    name,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': error === undefined ? undefined : 'true',
  };
  const look = error === undefined ? 'field' : 'field field-wrong';
  const label = html`${options.label}${options.optional === true ? html` <span class="quiet">${translate(options.language)('optional')}</span>` : null}`;
  const below = html`${hint === undefined ? null : html`<span class="field-hint" id="${name}-hint">${hint}</span>`}${
    error === undefined ? null : html`<span class="field-error" id="${name}-error">${shape('critical')}<span>${error}</span></span>`
  }`;
  if (options.kind === 'radios') {
    // The summary's link leads to the first choice: a fieldset can't take the focus.
    const group = attributes({ 'aria-describedby': shared['aria-describedby'] });
    return html`<fieldset class="${look}" ${group}><legend class="field-label">${label}</legend>${below}<div class="choices">${options.choices.map((choice, place) => radio(options, choice, place))}</div></fieldset>`;
  }
  return html`<div class="${look}"><label class="field-label" for="${name}">${label}</label>${below}${control(options, shared)}</div>`;
}

function control(options: Exclude<Field, { kind: 'radios' }>, shared: Readonly<Record<string, string | undefined>>): Part {
  const required = options.optional !== true;
  const common = { ...shared, id: options.name, 'aria-required': required ? 'true' : undefined };
  if (options.kind === 'long') {
    const rest = attributes({ ...common, rows: options.rows ?? 6, maxlength: options.maxlength });
    // A parser drops a line feed right after the tag, so one is given it.
    return html`<textarea class="input" ${rest}>
${options.value ?? ''}</textarea>`;
  }
  if (options.kind === 'select') {
    const empty = options.empty === undefined ? null : html`<option value="">${options.empty}</option>`;
    const choices = options.choices.map(
      (choice) => html`<option ${attributes({ value: choice.value, selected: choice.value === options.value })}>${choice.label}</option>`,
    );
    return html`<select class="input" ${attributes(common)}>${empty}${choices}</select>`;
  }
  const rest = attributes({
    ...common,
    type: options.type ?? 'text',
    value: options.type === 'password' ? undefined : options.value,
    autocomplete: options.autocomplete,
    inputmode: options.digits === true ? 'numeric' : undefined,
    maxlength: options.maxlength,
    spellcheck: options.short === true ? 'false' : undefined,
  });
  return html`<input class="${options.short === true ? 'input input-short' : 'input'}" ${rest}>`;
}

function radio(options: Extract<Field, { kind: 'radios' }>, choice: Choice, place: number): Html {
  const id = place === 0 ? options.name : `${options.name}-${place + 1}`;
  const hint = choice.hint === undefined ? undefined : `${id}-choice-hint`;
  const rest = attributes({
    type: 'radio',
    id,
    name: options.name,
    value: choice.value,
    checked: choice.value === options.value,
    'aria-describedby': hint,
  });
  return html`<label class="choice"><input ${rest}><span>${choice.label}</span>${
    hint === undefined ? null : html`<span class="choice-hint" id="${hint}">${choice.hint}</span>`
  }</label>`;
}
