import type { Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Resemblance } from '../../procedure/moderation/index.ts';
import type { Visit } from '../frame.ts';

const words = staffTexts({
  ms: {
    title: 'Petunjuk: mungkin akaun yang pernah ditamatkan',
    text: 'Akaun ini dikenali melalui perkara yang sama dengan akaun yang ditamatkan. Ini hanya petunjuk: ia tidak memutuskan apa-apa, dan teguran akaun itu tidak dikira.',
    one: 'Akaun ditamatkan',
    device: 'peranti sama',
    email: 'e-mel sama',
    phone: 'telefon sama',
    payment: 'cara bayaran sama',
  },
  en: {
    title: 'Hint: perhaps an account that was ended',
    text: 'This account is known by the same as one that was ended. It is a hint: it decides nothing, and that account’s strikes do not count.',
    one: 'Ended account',
    device: 'same device',
    email: 'same e-mail',
    phone: 'same telephone',
    payment: 'same means of payment',
  },
});

/** That somebody whose account was ended may be back. Nothing where there is no sign of it. */
export function hint({ language }: Visit, found: readonly Resemblance[]): Part {
  if (found.length === 0) return null;
  const say = words(language);
  return html`<section class="notice"><h3>${say('title')}</h3><p>${say('text')}</p><ul class="plain">${found.map(
    ({ account, kinds }) =>
      html`<li><a href="${`/desk/accounts/${account}`}">${say('one')}</a> <span class="quiet">(${kinds.map((kind) => say(kind as 'device')).join(', ')})</span></li>`,
  )}</ul></section>`;
}
