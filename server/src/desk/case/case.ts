import { badge } from '../../foundation/html/badge.ts';
import { threeColumns } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { timeLeft } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import * as policy from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import { hint } from '../account/hint.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { levelOf } from '../queue.ts';
import { readers, readersOf } from '../readers/readers.ts';
import { keptSecret } from '../secrecy/kept.ts';
import { clockName, harmShort, words as shared, shortCode } from '../words.ts';
import { clauseChoice, clauseList, sorted } from './clauses.ts';
import { decided } from './decided.ts';
import { accountChoice, preview } from './follows.ts';
import { life } from './life.ts';
import { material, whereabouts } from './material.ts';
import { extentFields, measureChoices } from './measures.ts';
import { alikeHere, mergedAway, mergedHere } from './merged.ts';
import { reports } from './reports.ts';
import type { CaseShown } from './shown.ts';
import { work } from './work.ts';

const words = staffTexts({
  ms: {
    said: 'Apa yang dikatakan, dan di mana',
    policy: 'Undang-undang dan garis panduan',
    life: 'Riwayat kes',
    incomplete: 'Salinan tidak lengkap',
    'state.open': 'Menunggu keputusan',
    'state.decided': 'Diputuskan, belum terlaksana',
    'state.merged': 'Digabungkan dengan kes lain',
    'state.closed': 'Selesai',
    'held.you': 'Anda memegang kes ini hingga {when}.',
    'held.other': '{name} memegang kes ini hingga {when}.',
    'held.nobody': 'Belum ada orang yang memegang kes ini.',
    claim: 'Ambil kes ini',
    release: 'Lepaskan',
    renew: 'Pegang lebih lama',
    'hide.title': 'Lindungi dahulu',
    'hide.text': 'Kandungan boleh disembunyikan sementara anda memutuskan. Ia tidak memerlukan orang kedua.',
    'hide.clause': 'Menurut fasal',
    hide: 'Sembunyikan sementara',
    'csam.title': 'Bahan penderaan seksual kanak-kanak?',
    'csam.text':
      'Serahkan kepada penyemak keselamatan kanak-kanak. Kandungan terus disembunyikan, kes menjadi yang pertama, dan anda tidak melihatnya lagi.',
    csam: 'Sembunyi dan serahkan',
    held: 'Kes ini baru diputuskan; keputusan itu dilaksanakan sebentar lagi.',
    awaiting: 'Keputusan tentang kes ini menunggu orang kedua.',
    what: 'Apa yang perlu dibuat?',
    reason: 'Mengapa?',
    'reason.hint': 'Orang yang terlibat akan membacanya. Tulis apa yang anda lihat, bukan siapa mereka.',
    decide: 'Putuskan',
  },
  en: {
    said: 'What was said, and where',
    policy: 'Law and guidelines',
    life: 'The life of the case',
    incomplete: 'Snapshot incomplete',
    'state.open': 'Waiting for a decision',
    'state.decided': 'Decided, not yet enforced',
    'state.merged': 'Merged with another case',
    'state.closed': 'Done',
    'held.you': 'You hold this case until {when}.',
    'held.other': '{name} holds this case until {when}.',
    'held.nobody': 'Nobody holds this case yet.',
    claim: 'Take this case',
    release: 'Release it',
    renew: 'Hold it longer',
    'hide.title': 'Protect first',
    'hide.text': 'The content can be hidden while you decide. That needs no second person.',
    'hide.clause': 'By clause',
    hide: 'Hide temporarily',
    'csam.title': 'Child sexual abuse material?',
    'csam.text': 'Hand it to child-safety reviewers. The content is hidden at once, the case comes first, and you see it no more.',
    csam: 'Hide and hand over',
    held: 'This case was decided just now; the decision is carried out in a moment.',
    awaiting: 'A decision about this case waits for a second person.',
    what: 'What is to be done?',
    reason: 'Why?',
    'reason.hint': 'The person concerned will read it. Write what you see, not who they are.',
    decide: 'Decide',
  },
});

/** That the author may be somebody whose account was ended. */
function hintHere(visit: Visit, { of, item, guidelines }: CaseRead, found: NonNullable<CaseShown['resembling']>): Part {
  return item?.author ? hint(visit, { account: item.author, found, guidelines, in: { case: of.id } }) : null;
}

/** A case in three columns, and one primary action, always in the same place. */
export function casePage(visit: Visit, read: CaseRead, shown: CaseShown): Promise<Html> {
  const say = words(visit.language);
  const { of, holder } = read;
  const about = { type: 'case', harm: of.harm } as const;
  const mine = of.state === 'open' && holder?.id === visit.member.id;
  const hides = of.state === 'open' && may(visit.member, 'case.withhold', about).allowed;
  const takes = of.state === 'open' && may(visit.member, 'case.claim', about).allowed;
  return frame(visit, {
    title: shared(visit.language)('case.title', { code: shortCode(of.id) }),
    active: 'queue',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`${standing(visit, read)}${mergedAway(visit, read)}
${threeColumns([
  {
    title: say('said'),
    body: html`${material(visit, read, `/desk/cases/${of.id}/reveal`)}${whereabouts(visit, read)}${hintHere(visit, read, shown.resembling ?? [])}${mergedHere(visit, read)}${alikeHere(visit, read, shown.alike ?? [])}${hides && [read, ...read.merged].some(({ desired }) => !policy.isHidden(desired as policy.Desired)) ? protect(visit, read) : null}${hides && of.harm !== 'csam' ? handOver(visit, read) : null}${reports(visit, read, mine, shown)}`,
  },
  {
    title: say('policy'),
    body: html`${of.state === 'open' ? considered(visit, read, mine, shown) : null}${decided(visit, read)}`,
  },
  { title: say('life'), body: html`${keptSecret(visit, read)}${work(visit, read)}${life(visit, read)}` },
])}
${of.awaiting ? html`<p class="act">${say(read.held ? 'held' : 'awaiting')}</p>` : takes ? acts(visit, read, mine) : null}`,
  });
}

/** Where the case stands, in one line under its name. */
function standing({ language, now }: Visit, read: CaseRead): Html {
  const say = words(language);
  const { of } = read;
  const all = read.clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const own = all.filter(({ subject }) => subject === of.id);
  // On private messaging the answer is all that has a time: the first that is owed.
  const running = own.length > 0 || of.state !== 'open' ? own : all.filter(({ clock }) => clock === 'answer.outcome').slice(0, 1);
  return html`<div class="standing">${badge({ level: levelOf(of), word: harmShort(of.harm, language) })}${badge({
    level: of.state === 'open' ? 'low' : of.state === 'decided' ? 'medium' : 'good',
    word: say(`state.${of.state}`),
  })}${read.complete ? null : badge({ level: 'high', word: say('incomplete') })}${running.map(
    ({ clock, dueAt, warnedAt }) =>
      html`<span><span class="quiet">${clockName(clock, language)}</span> ${timeLeft(now, dueAt, language)}</span>${warnedAt === null ? null : badge({ level: 'high', word: shared(language)('clock.warned') })}`,
  )}</div>`;
}

function harmsOf({ of, reports }: CaseRead): readonly string[] {
  return [of.harm, ...reports.map(({ harm }) => harm)];
}

/**
 * The clause that screening, or whoever hid it, had in mind; else the one that the gravest reason of the reporters leads to, or for which the case
 * was opened.
 */
export function suggested({ of, decisions, moments, reports }: CaseRead): string | undefined {
  const given = moments.find(({ kind }) => kind === 'verdict.given')?.payload['clause'];
  const said = policy.worstReason(reports.flatMap(({ reason, ground }) => (reason === null || ground !== null ? [] : [reason])));
  const resembles = of.openedBy === 'link' && !moments.some(({ kind }) => kind === 'account.unlinked');
  const asked = said?.clause ?? (resembles ? policy.returning : undefined);
  return decisions.at(-1)?.clause ?? (typeof given === 'string' ? given : asked);
}

function protect(visit: Visit, read: CaseRead): Html {
  const { language } = visit;
  const say = words(language);
  const { near, far } = sorted(read.guidelines, harmsOf(read));
  const chosen = suggested(read);
  const option = (id: string, text: string) =>
    id === chosen ? html`<option value="${id}" selected>${text}</option>` : html`<option value="${id}">${text}</option>`;
  return html`<section class="protect"><h3>${say('hide.title')}</h3><p class="quiet">${say('hide.text')}</p><form class="inline" method="post" action="${`/desk/cases/${read.of.id}/hide`}">${proof(visit)}<label for="hide-clause">${say('hide.clause')}</label><select class="input" id="hide-clause" name="clause">${[
    ...near,
    ...far,
  ].map(({ id, number, title }) => option(id, `${number} ${title[language]}`))}</select>${button({ text: say('hide') })}</form></section>`;
}

/** Who finds child abuse material in another case hides it by that clause, and child-safety reviewers have it. */
function handOver(visit: Visit, { of, guidelines }: CaseRead): Html {
  const say = words(visit.language);
  const clause = guidelines.clauses.find(({ harm }) => harm === 'csam')?.id ?? '';
  return html`<section class="protect"><h3>${say('csam.title')}</h3><p class="quiet">${say('csam.text')}</p><form class="inline" method="post" action="${`/desk/cases/${of.id}/hide`}">${proof(visit)}<input type="hidden" name="clause" value="${clause}">${button({ text: say('csam') })}</form></section>`;
}

/** The clauses, to choose from by who holds the case, to be read by everybody else. */
function considered(visit: Visit, read: CaseRead, mine: boolean, shown: CaseShown): Part {
  return mine
    ? judgement(visit, read, shown)
    : clauseList({ language: visit.language, guidelines: read.guidelines, harms: harmsOf(read), chosen: suggested(read) });
}

function judgement(visit: Visit, read: CaseRead, { typed = {}, errors = [], preview: follows = null }: CaseShown): Html {
  const { language } = visit;
  const say = words(language);
  const wrong = (name: string) => errors.find((error) => error.field === name)?.message;
  const [what, why] = [wrong('determination'), wrong('reason')];
  return html`<form class="judgement" id="decide" method="post" action="${`/desk/cases/${read.of.id}/decide`}">${proof(visit)}${clauseChoice(
    {
      language,
      guidelines: read.guidelines,
      harms: harmsOf(read),
      chosen: typed.clause ?? suggested(read),
      error: wrong('clause'),
    },
  )}${field({
    kind: 'radios',
    language,
    name: 'determination',
    label: say('what'),
    choices: measureChoices(language, read.item?.kind),
    ...(typed.determination ? { value: typed.determination } : {}),
    ...(what ? { error: what } : {}),
  })}${extentFields(language, typed, errors)}${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('reason'),
    hint: say('reason.hint'),
    rows: 4,
    maxlength: 5_000,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...(why ? { error: why } : {}),
  })}${readers(visit, readersOf(read))}${follows === null ? null : preview(visit, read, follows)}${accountChoice(visit, read, typed, errors)}</form>`;
}

/** Who holds it, and what can be done now. */
function acts(visit: Visit, { of, holder }: CaseRead, mine: boolean): Part {
  const { language, now } = visit;
  const say = words(language);
  const post = (act: string, text: string, kind: 'plain' | 'primary' = 'plain') =>
    html`<form method="post" action="${`/desk/cases/${of.id}/${act}`}">${proof(visit)}${button({ text, kind })}</form>`;
  const held =
    holder === null
      ? say('held.nobody')
      : say(mine ? 'held.you' : 'held.other', {
          when: whenText(now, holder.until, language),
          ...(mine ? {} : { name: holder.name ?? shared(language)('no-name') }),
        });
  return html`<div class="act"><p>${held}</p>${
    mine
      ? html`${post('release', say('release'))}${post('claim', say('renew'))}${button({ kind: 'primary', text: say('decide'), form: 'decide' })}`
      : holder === null
        ? post('claim', say('claim'), 'primary')
        : null
  }</div>`;
}
