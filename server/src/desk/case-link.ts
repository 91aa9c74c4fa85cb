import type { Html } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { may } from '../staff/index.ts';
import type { Visit } from './frame.ts';
import { shortCode } from './words.ts';

/** To a case, for who may see it; for others its number alone. */
export function caseLink({ member }: Visit, { case: id, harm }: { readonly case: string; readonly harm: string }): Html {
  return may(member, 'case.view', { type: 'case', harm }).allowed
    ? html`<a class="code" href="${`/desk/cases/${id}`}">${shortCode(id)}</a>`
    : html`<span class="code">${shortCode(id)}</span>`;
}
