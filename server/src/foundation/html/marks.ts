import type { Html } from './html.ts';
import { html } from './html.ts';

/** A plain shield with a tick, one path. */
const shield = 'M12 2.5 4 5.5v6c0 5 3.4 8.4 8 10 4.6-1.6 8-5 8-10v-6zM8.2 12l2.7 2.7 5-5.4';

/** The mark of Perisai, for the eye only: the wordmark beside it is text. */
export function mark(): Html {
  return html`<svg class="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${shield}"/></svg>`;
}

export type Level = 'critical' | 'high' | 'medium' | 'low' | 'good';

/** ◆ ▲ ● ○ ✓, drawn, so that they look alike in every font. */
const shapes: Readonly<Record<Level, Html>> = {
  critical: html`<path d="M6 0l6 6-6 6-6-6z" fill="currentColor"/>`,
  high: html`<path d="M6 .8 12 11.2H0z" fill="currentColor"/>`,
  medium: html`<circle cx="6" cy="6" r="5" fill="currentColor"/>`,
  low: html`<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>`,
  good: html`<path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
};

/** The shape of a level, for the eye only: the word stands beside it. */
export function shape(level: Level): Html {
  return html`<svg class="badge-shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${shapes[level]}</svg>`;
}
