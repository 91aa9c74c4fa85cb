import type { Html } from './html.ts';
import { attributes, html } from './html.ts';

export interface Button {
  readonly text: string;
  /** One primary a page; critical for what can't be taken back. */
  readonly kind?: 'primary' | 'plain' | 'critical';
  /** A link that looks like a button; without it a submit button. */
  readonly href?: string;
  readonly name?: string;
  readonly value?: string;
  /** The key that does the same, shown on the button. */
  readonly key?: string;
  readonly disabled?: boolean;
  /** The form it sends, where it stands outside of it. */
  readonly form?: string;
  /** Where it sends its form, if elsewhere than the form says. */
  readonly formaction?: string;
}

export function button(options: Button): Html {
  const { kind = 'plain', text } = options;
  const look = kind === 'plain' ? 'button' : `button button-${kind}`;
  const key = options.key === undefined ? null : html` <kbd>${options.key}</kbd>`;
  if (options.href !== undefined) return html`<a class="${look}" href="${options.href}">${text}${key}</a>`;
  const rest = attributes({
    name: options.name,
    value: options.value,
    disabled: options.disabled,
    form: options.form,
    formaction: options.formaction,
  });
  return html`<button class="${look}" type="submit" ${rest}>${text}${key}</button>`;
}
