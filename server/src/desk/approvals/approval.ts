import { badge } from '../../foundation/html/badge.ts';
import { definitionList, said, threeColumns } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { ProposalRead } from '../../views/approvals/proposal.ts';
import { memberLink, memberSaid } from '../case/bundle-member.ts';
import { life } from '../case/life.ts';
import { material, whereabouts } from '../case/material.ts';
import { extentSaid } from '../case/measures.ts';
import { mergedHere } from '../case/merged.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { levelOf } from '../queue.ts';
import { invitedHere } from '../second/invited.ts';
import { clauseName, harmShort, needName, words as shared, shortCode } from '../words.ts';
import { answered } from './answered.ts';
import { settlingForm, type TypedSettling } from './settling.ts';

const words = staffTexts({
  ms: {
    title: 'Cadangan {code}',
    said: 'Apa yang dikatakan, dan di mana',
    proposal: 'Cadangan orang pertama',
    life: 'Riwayat kes',
    case: 'Kes {code}',
    'state.waiting': 'Menunggu orang kedua',
    'state.confirmed': 'Disahkan',
    'state.changed': 'Diubah',
    'state.refused': 'Dikembalikan',
    'state.cancelled': 'Ditarik balik',
    blind: 'Lihat bahan dahulu',
    'blind.text': 'Cadangan itu ditunjukkan selepas anda melihat bahannya, supaya anda menilai sendiri.',
    own: 'Cadangan ini milik anda. Orang lain perlu menyelesaikannya; selagi belum, anda boleh menariknya balik.',
    other:
      'Orang kedua yang lain perlu menyelesaikannya: seseorang dengan peranan itu yang tidak membuat keputusan ini atau yang sebelumnya.',
    invite: 'Jemput orang kedua dari luar',
    cancel: 'Tarik balik',
    what: 'Apa',
    reason: 'Sebab',
    when: 'Bila',
    send: 'Selesaikan',
    ruled: 'Orang kedua',
    bundle: { other: '{count} kes sebagai satu' },
    'bundle.text':
      'Kes yang memimpin himpunan ditunjukkan sepenuhnya di sebelah; teks semua yang lain di sini. Sahkan semuanya, atau kembalikan dengan apa yang perlu diubah.',
  },
  en: {
    title: 'Proposal {code}',
    said: 'What was said, and where',
    proposal: 'What the first person proposes',
    life: 'The life of the case',
    case: 'Case {code}',
    'state.waiting': 'Waiting for a second person',
    'state.confirmed': 'Confirmed',
    'state.changed': 'Changed',
    'state.refused': 'Given back',
    'state.cancelled': 'Taken back',
    blind: 'Look at the material first',
    'blind.text': 'What was proposed is shown once you have seen the material, so that you judge for yourself.',
    own: 'You proposed this. Somebody else must settle it; until then you can take it back.',
    other: 'Another second person must settle it: somebody with that role who made neither this nor the decision before it.',
    invite: 'Invite a second person from outside',
    cancel: 'Take it back',
    what: 'What',
    reason: 'Reason',
    when: 'When',
    send: 'Settle it',
    ruled: 'The second person',
    bundle: { one: '{count} case as one', other: '{count} cases as one' },
    'bundle.text':
      'The case that leads the bundle is shown in full beside this; the texts of all the others are here. Confirm all of it, or give it back with what should be otherwise.',
  },
});

export interface ApprovalShown {
  readonly typed?: TypedSettling;
  readonly errors?: readonly FieldError[];
}

/** A proposal in three columns, as a case is. Until the second person has looked, the middle one says nothing of what was proposed. */
export async function approvalPage(visit: Visit, read: ProposalRead, shown: ApprovalShown): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const { proposal, case: about } = read;
  const waits = proposal.state === 'waiting';
  const facts = { type: 'proposal', proposedBy: proposal.proposedBy, contestedBy: read.contestedBy, harm: about.of.harm } as const;
  const settles = waits && may(member, 'proposal.settle', facts).allowed;
  const own = waits && may(member, 'proposal.cancel', facts).allowed;
  const form = settles && read.open;
  const invites = waits && about.of.harm !== 'csam' && may(member, 'second.invite', { type: 'case', harm: about.of.harm }).allowed;
  return frame(visit, {
    title: say('title', { code: shortCode(proposal.id) }),
    active: 'approvals',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`${invites ? html`<p>${button({ text: say('invite'), href: `/desk/approvals/${proposal.id}/invite` })}</p>` : null}<div class="standing">${badge({ level: levelOf(about.of), word: harmShort(about.of.harm, language) })}${badge(
      {
        level: waits ? 'low' : 'good',
        word: say(`state.${proposal.state}`),
      },
    )}<span>${proposal.needs.map((need) => needName(need, language)).join(', ')}</span><a href="${`/desk/cases/${about.of.id}`}">${say('case', { code: shortCode(about.of.id) })}</a></div>
${await invitedHere(visit, read)}
${threeColumns([
  {
    title: say('said'),
    body: html`${material(visit, about, `/desk/approvals/${proposal.id}/reveal`)}${whereabouts(visit, about)}${mergedHere(visit, about)}`,
  },
  {
    title: say('proposal'),
    body: html`${answered(language, read)}${read.open ? html`${proposed(visit, read)}${together(visit, read)}` : html`<section class="notice"><h3>${say('blind')}</h3><p>${say('blind.text')}</p></section>`}${
      form
        ? settlingForm(visit, read, shown)
        : own
          ? html`<p class="notice">${say('own')}</p>`
          : waits && !settles
            ? html`<p class="notice">${say('other')}</p>`
            : null
    }`,
  },
  {
    title: say('life'),
    body: life(visit, waits ? { ...about, moments: about.moments.map((moment) => ({ ...moment, actor: null })) } : about),
  },
])}
${form ? html`<div class="act">${button({ kind: 'primary', text: say('send'), form: 'settle' })}</div>` : null}${
  own
    ? html`<form class="act" method="post" action="${`/desk/approvals/${proposal.id}/cancel`}">${proof(visit)}${button({ text: say('cancel') })}</form>`
    : null
}`,
  });
}

/** Of a bundle, all that is in it and what is proposed for each. */
function together(visit: Visit, { bundle, case: about }: ProposalRead): Part {
  if (bundle === null) return null;
  const say = words(visit.language);
  const common = shared(visit.language);
  return html`<section class="decision"><h3>${say('bundle', { count: bundle.length })}</h3><p class="quiet">${say('bundle.text')}</p><ul class="plain">${bundle.map(
    (member) =>
      html`<li>${memberSaid(visit, about, member)}<span class="below">${common(`determination.${member.determination as 'remove'}`)}</span>${memberLink(visit, member)}</li>`,
  )}</ul></section>`;
}

/** What was proposed; who did, stays unsaid while it waits. */
function proposed({ language }: Visit, { proposal, reason, ruling, case: { guidelines } }: ProposalRead): Part {
  const say = words(language);
  return html`<section class="decision"><h3>${shared(language)(`determination.${proposal.determination as 'remove'}`)}</h3>${definitionList(
    [
      [say('what'), clauseName(proposal.clause, guidelines, language)],
      ...extentSaid(language, proposal),
      reason === null ? null : [say('reason'), said(reason)],
      [say('when'), dateTime(proposal.proposedAt, language)],
    ],
  )}</section>${
    proposal.state === 'waiting'
      ? null
      : html`<section class="decision"><h3>${say('ruled')}: ${say(`state.${proposal.state}`).toLowerCase()}</h3>${definitionList([
          ruling === null ? null : [say('reason'), said(ruling)],
          proposal.settledAt ? [say('when'), dateTime(proposal.settledAt, language)] : null,
        ])}</section>`
  }`;
}
