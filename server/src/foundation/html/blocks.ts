import type { Html, Part } from './html.ts';
import { html } from './html.ts';

/** What this place is for and what to do, where there is nothing to show yet. */
export function emptyState(options: { readonly title: string; readonly text: string; readonly action?: Html }): Html {
  return html`<div class="empty"><h2>${options.title}</h2><p>${options.text}</p>${options.action}</div>`;
}

export interface Titled {
  readonly title: string;
  readonly body: Part;
}

/** A case: what was said and where · what the law and policy say · what happened so far. One column below 1,280 px. */
export function threeColumns(columns: readonly [Titled, Titled, Titled]): Html {
  return html`<div class="columns">${columns.map(({ title, body }) => html`<section class="column"><h2>${title}</h2>${body}</section>`)}</div>`;
}

/** Terms with what they are; an entry of null is left out. */
export function definitionList(entries: readonly (readonly [term: string, value: Part] | null)[]): Html {
  return html`<dl class="facts">${entries.map((entry) => (entry === null ? null : html`<div><dt>${entry[0]}</dt><dd>${entry[1]}</dd></div>`))}</dl>`;
}

/** What happens next, with times: the promise of a public page. */
export function whatNext(options: { readonly title: string; readonly steps: readonly Part[] }): Html {
  return html`<section class="next"><h2>${options.title}</h2><ol>${options.steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;
}

/** Somebody else's words as they were said, in their own language where it is known. */
export function said(text: string, lang = ''): Html {
  return html`<blockquote class="said" dir="auto" lang="${lang}">${text}</blockquote>`;
}
