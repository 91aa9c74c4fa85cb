import type { Language } from '../i18n/language.ts';
import { translate } from '../i18n/shared.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

export interface FieldError {
  /** The field's name, which is its id; without it the sentence stands alone. */
  readonly field?: string;
  readonly message: string;
}

/** What needs to be put right, first on the page, each sentence leading to its field. Nothing when there is nothing. */
export function errorSummary(options: { readonly language: Language; readonly errors: readonly FieldError[] }): Html | null {
  if (options.errors.length === 0) return null;
  const sentences = options.errors.map(
    ({ field, message }) => html`<li>${field === undefined ? message : html`<a href="${`#${field}`}">${message}</a>`}</li>`,
  );
  return html`<div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1"><h2 id="summary-title">${translate(options.language)('error.title')}</h2><ul>${sentences}</ul></div>`;
}
