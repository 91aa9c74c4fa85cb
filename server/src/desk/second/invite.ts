import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Invited } from '../../procedure/outside/index.ts';
import { frame, proof, type Visit } from '../frame.ts';

const words = staffTexts({
  ms: {
    title: 'Jemput orang kedua dari luar',
    text: 'Untuk satu cadangan ini sahaja, selama sehari paling lama. Bahan penderaan kanak-kanak tidak pernah ditunjukkan kepada orang luar. Sesiapa yang bekerja di sini tidak boleh menggunakan pautan itu.',
    name: 'Nama orang itu',
    hours: 'Selama berapa jam, 1 hingga 24',
    send: 'Jemput',
    sent: 'Hantar pautan dan kod dengan dua cara yang berlainan, misalnya pautan melalui mesej dan kod melalui telefon. Kedua-duanya ditunjukkan sekali sahaja.',
    link: 'Pautan',
    code: 'Kod',
    until: 'Hingga',
  },
  en: {
    title: 'Invite a second person from outside',
    text: 'For this one proposal, for a day at most. Child abuse material is never shown to anybody outside. Nobody who works here can use the link.',
    name: 'Name of the person',
    hours: 'For how many hours, 1 to 24',
    send: 'Invite',
    sent: 'Send link and code by two different ways, such as the link in a message and the code by telephone. Both are shown once.',
    link: 'Link',
    code: 'Code',
    until: 'Until',
  },
});

export interface InviteShown {
  readonly typed?: { readonly name?: string; readonly hours?: string };
  readonly errors?: readonly FieldError[];
  readonly invited?: Invited;
}

export function invitePage(visit: Visit, proposal: string, { typed = {}, errors, invited }: InviteShown): Promise<Html> {
  const { language, house } = visit;
  const say = words(language);
  return frame(visit, {
    title: say('title'),
    active: 'approvals',
    ...(errors ? { errors } : {}),
    body: invited
      ? html`<p>${say('sent')}</p>${definitionList([
          [say('link'), html`<code class="breaks">${house.publicUrl}/desk/second/${invited.id}?key=${invited.key}</code>`],
          [say('code'), html`<code>${invited.code}</code>`],
          [say('until'), dateTime(invited.until, language)],
        ])}`
      : html`<p class="quiet">${say('text')}</p><form method="post" action="${`/desk/approvals/${proposal}/invite`}">${proof(visit)}${field(
          {
            ...({ kind: 'text', language, name: 'name', label: say('name'), maxlength: 200, autocomplete: 'off' } as const),
            ...(typed.name ? { value: typed.name } : {}),
          },
        )}${field({
          ...({ kind: 'text', language, name: 'hours', label: say('hours'), short: true, digits: true, maxlength: 2 } as const),
          value: typed.hours ?? '4',
        })}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form>`,
  });
}
