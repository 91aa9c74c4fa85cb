import { definitionList } from '../../foundation/html/blocks.ts';
import type { Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Material } from '../../views/material.ts';

const words = staffTexts({
  ms: { fields: 'Medan daripada perkhidmatan' },
  en: { fields: 'Fields from the service' },
});

/** What an item of a service's own kind has beside its text, under the service's own names. Never a link: what it leads to may be what was reported. */
export function fieldsOf(fields: Material['fields'], language: Language): Part {
  if (fields.length === 0) return null;
  return html`<section class="fields"><h3>${words(language)('fields')}</h3>${definitionList(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : html`<code>${JSON.stringify(value)}</code>`]),
  )}</section>`;
}
