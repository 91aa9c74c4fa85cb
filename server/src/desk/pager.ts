import { button } from '../foundation/html/button.ts';
import type { Html } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import type { Visit } from './frame.ts';
import { words as shared } from './words.ts';

const words = staffTexts({ ms: { pages: 'Halaman senarai' }, en: { pages: 'Pages of the list' } });

/** On to the next page of a list, and back to its beginning; nothing where all of it is on one. */
export function pager({ language }: Visit, address: string, next: string | null, begun: boolean): Html | null {
  if (next === null && begun) return null;
  const say = shared(language);
  const further = next === null ? null : `${address}${address.includes('?') ? '&' : '?'}after=${next}`;
  return html`<nav class="pager" aria-label="${words(language)('pages')}">${begun ? null : html`<a href="${address}">${say('first')}</a>`}${further === null ? null : button({ text: say('next'), href: further })}</nav>`;
}
