import { button } from '../../foundation/html/button.ts';
import { attributes, type Html, html, type Part } from '../../foundation/html/html.ts';
import { proof, type Visit } from '../frame.ts';

interface Review {
  /** What is reviewed; the page has one such form each, so that every id has it in its name. */
  readonly id: string;
  readonly action: string;
  readonly title: string;
  readonly agrees: string;
  readonly objects: string;
  readonly because: string;
  /** What follows from an objection. */
  readonly hint?: Part;
  /** What should have been instead, where somebody says so. */
  readonly instead?: Part;
  /** What was written before the page came back; undefined: it was another one's, or none. */
  readonly typed: string | undefined;
}

/** How another person reviews what somebody did alone. */
export function reviewForm(visit: Visit, { id, action, title, agrees, objects, because, hint, instead, typed }: Review): Html {
  const choice = (value: 'agrees' | 'objects', label: string) =>
    html`<label class="choice"><input type="radio" name="says" value="${value}" id="${`${value}-${id}`}"><span>${label}</span></label>`;
  return html`<details ${attributes({ open: typed !== undefined })}><summary>${title}</summary><form class="judgement" method="post" action="${action}">${proof(visit)}<fieldset class="field"><legend class="field-label">${title}</legend><div class="choices">${choice('agrees', agrees)}${choice('objects', objects)}</div></fieldset>${hint === undefined || hint === null ? null : html`<p class="quiet">${hint}</p>`}${instead}<div class="field"><label class="field-label" for="${`because-${id}`}">${because}</label><textarea ${attributes({ class: 'input', id: `because-${id}`, name: 'reason', rows: 3, maxlength: 5_000, 'aria-required': 'true' })}>
${typed ?? ''}</textarea></div><div class="actions">${button({ kind: 'primary', text: title })}</div></form></details>`;
}
