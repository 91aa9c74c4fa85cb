import type { Html } from './html.ts';
import { html } from './html.ts';
import type { Level } from './marks.ts';
import { shape } from './marks.ts';

/** A state: a word with a shape; the colour only helps. */
export function badge(state: { readonly level: Level; readonly word: string }): Html {
  return html`<span class="badge ${state.level}">${shape(state.level)}<span>${state.word}</span></span>`;
}
