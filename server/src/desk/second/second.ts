import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { staffPage } from '../../foundation/html/page.ts';
import type { StaffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { House } from '../../procedure/house.ts';
import type { Member } from '../../staff/index.ts';
import type { ProposalRead } from '../../views/approvals/proposal.ts';
import { answered } from '../approvals/answered.ts';
import { material } from '../case/material.ts';
import { extentSaid } from '../case/measures.ts';
import { proof } from '../frame.ts';
import { clauseName, needName, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Anda dijemput sebagai orang kedua',
    intro:
      'Satu keputusan memerlukan dua orang. Tulis kod yang anda terima daripada penjemput dengan cara lain. Pautan ini boleh dibuka sekali sahaja.',
    code: 'Kod',
    enter: 'Buka',
    wrong: 'Pautan dan kod tidak sepadan, atau jemputan itu sudah tamat.',
    as: 'Anda bertindak sebagai {name}. Apa yang anda lihat dan jawab direkodkan.',
    blind: 'Lihat bahannya dahulu; kemudian cadangannya ditunjukkan.',
    proposal: 'Apa yang dicadangkan',
    what: 'Fasal',
    why: 'Mengapa dua orang',
    reason: 'Sebab',
    answer: 'Apa pendapat anda?',
    confirmed: 'Setuju: laksanakan',
    refused: 'Tidak setuju: kembalikan',
    'reason.hint': 'Perlu apabila anda tidak bersetuju.',
    send: 'Hantar jawapan',
    missing: 'Pilih jawapan; jika tidak bersetuju, tulis sebabnya.',
    over: 'Terima kasih',
    'over.text': 'Jawapan anda sudah direkodkan, dan jemputan ini tamat.',
  },
  en: {
    title: 'You are asked to be the second person',
    intro: 'A decision needs two people. Write the code that whoever invited you sent another way. This link opens once.',
    code: 'Code',
    enter: 'Open',
    wrong: 'Link and code do not match, or the invitation is over.',
    as: 'You act as {name}. What you see and answer is on record.',
    blind: 'See the material first; then what was proposed is shown.',
    proposal: 'What is proposed',
    what: 'Clause',
    why: 'Why it needs two',
    reason: 'Reason',
    answer: 'What do you say?',
    confirmed: 'I agree: carry it out',
    refused: 'I do not agree: give it back',
    'reason.hint': 'Needed where you do not agree.',
    send: 'Send the answer',
    missing: 'Choose an answer; where you do not agree, write why.',
    over: 'Thank you',
    'over.text': 'Your answer is on record, and this invitation is over.',
  },
});

interface Asked {
  readonly id: string;
  readonly path: string;
  readonly token: string;
  readonly language: StaffLanguage;
}

function framed({ language, path }: Asked, title: string, body: Html, error?: string): Html {
  return staffPage({
    language,
    title,
    path,
    active: null,
    rail: [],
    person: null,
    ...(error ? { errors: [{ message: error }] } : {}),
    body,
  });
}

/** The link is there; the code is asked for. Says the same whether there is such an invitation or not. */
export function codePage(page: Asked & { readonly key: string; readonly wrong: boolean }): Html {
  const { language } = page;
  const say = words(language);
  return framed(
    page,
    say('title'),
    html`<p>${say('intro')}</p><form method="post" action="${`${page.path}/enter`}">${proof(page)}<input type="hidden" name="key" value="${page.key}">${field({ kind: 'text', language, name: 'code', label: say('code'), digits: true, maxlength: 20, autocomplete: 'one-time-code' })}<div class="actions">${button({ kind: 'primary', text: say('enter') })}</div></form>`,
    page.wrong ? say('wrong') : undefined,
  );
}

export function overPage(page: Asked): Html {
  const say = words(page.language);
  return framed(page, say('over'), html`<p>${say('over.text')}</p>`);
}

interface SecondShown extends Asked {
  readonly house: House;
  readonly guest: Member;
  /** What their browser keeps; the addresses of files are bound to it. */
  readonly session: string;
  readonly now: Date;
  readonly read: ProposalRead;
  readonly wrong?: boolean;
  readonly reason?: string;
}

/** That one proposal's material, what is proposed, and the answer; nothing of the case besides. */
export function secondPage(page: SecondShown): Html {
  const { language, house, guest, session, now, path, token, read } = page;
  const say = words(language);
  const { proposal, reason, case: about } = read;
  const visit = { house, member: guest, language, path, session, token, now };
  const shown = read.open
    ? html`${answered(language, read, false)}<section class="decision"><h2>${say('proposal')}: ${shared(language)(`determination.${proposal.determination as 'remove'}`)}</h2>${definitionList(
        [
          [say('what'), clauseName(proposal.clause, about.guidelines, language)],
          ...extentSaid(language, proposal),
          [say('why'), proposal.needs.map((need) => needName(need, language)).join(', ')],
          reason === null ? null : [say('reason'), said(reason)],
        ],
      )}</section><form class="judgement" method="post" action="${`${path}/settle`}">${proof(page)}${field({
        ...({ kind: 'radios', language, name: 'says', label: say('answer') } as const),
        choices: (['confirmed', 'refused'] as const).map((value) => ({ value, label: say(value) })),
      })}${field({
        ...({ kind: 'long', language, name: 'reason', label: say('reason'), hint: say('reason.hint'), rows: 4, optional: true } as const),
        ...(page.reason ? { value: page.reason } : {}),
      })}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form>`
    : html`<p class="notice">${say('blind')}</p>`;
  return framed(
    page,
    say('title'),
    html`<p>${say('as', { name: guest.name })}</p>${material(visit, about, `${path}/reveal`)}${shown}`,
    page.wrong ? say('missing') : undefined,
  );
}
