import type { Language } from '../i18n/language.ts';
import { translate } from '../i18n/shared.ts';
import type { Html, Part } from './html.ts';
import { html } from './html.ts';
import { shape } from './marks.ts';
import { dateTime } from './times.ts';

export interface Moment {
  /** What happened, in the words of the procedure's steps. */
  readonly what: string;
  readonly at: Date;
  /** Who did it; null is the machine. Left out on public pages. */
  readonly who?: string | null;
  readonly detail?: Part;
  /** Whether its record is sealed; left out where the reader isn't shown records. */
  readonly sealed?: boolean;
}

/** The life of a case, oldest first. */
export function timeline(options: { readonly language: Language; readonly moments: readonly Moment[] }): Html {
  const say = translate(options.language);
  const moments = options.moments.map((moment) => {
    const who = moment.who === undefined ? null : html`<span>${moment.who ?? say('nobody')}</span>`;
    const detail = moment.detail === undefined ? null : html`<div>${moment.detail}</div>`;
    return html`<li class="${moment.sealed === true ? 'life-sealed' : ''}"><div class="life-head">${moment.what}</div>${detail}<div class="life-foot">${dateTime(moment.at, options.language)}${who}${seal(moment.sealed, say)}</div></li>`;
  });
  return html`<ol class="life">${moments}</ol>`;
}

function seal(sealed: boolean | undefined, say: ReturnType<typeof translate>): Html | null {
  if (sealed === undefined) return null;
  return sealed
    ? html`<span class="seal seal-yes">${shape('good')}${say('sealed')}</span>`
    : html`<span class="seal">${shape('low')}${say('unsealed')}</span>`;
}
