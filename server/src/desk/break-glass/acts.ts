import { badge } from '../../foundation/html/badge.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Rule } from '../../screening/index.ts';
import { type Member, may } from '../../staff/index.ts';
import type { ActRead } from '../../views/break-glass/acts.ts';
import type { BreakGlassRead } from '../../views/break-glass/read.ts';
import type { Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { reviewForm } from './review-form.ts';

const words = staffTexts({
  ms: {
    rule: 'Peraturan saringan {name} dijadikan terpakai',
    policy: 'Garis panduan versi {version} diterbitkan',
    by: 'Dibuat oleh {name}',
    'state.unreviewed': 'Menunggu semakan',
    'state.upheld': 'Disemak: dipersetujui',
    'rule.reversed': 'Disemak: dihentikan',
    'rule.objected': 'Disemak: dibantah',
    'policy.reversed': 'Disemak: ditarik balik',
    'policy.objected': 'Disemak: dibantah. Jalan seterusnya ialah draf baharu.',
    reviewed: 'Disemak oleh {name}',
    review: 'Semak ini',
    agrees: 'Saya bersetuju',
    'objects.rule': 'Saya tidak bersetuju: hentikan peraturan itu',
    'objects.policy': 'Saya tidak bersetuju: tarik balik jika belum berkuat kuasa',
    hint: 'Versi yang sudah berkuat kuasa tetap berkuat kuasa: bantahan anda direkodkan, dan pegawai pematuhan dipanggil.',
    because: 'Sebab',
    own: 'Peraturan dan draf anda yang menunggu orang kedua',
    'own.rule': 'Peraturan {name}',
    'own.draft': 'Draf daripada versi {version}',
  },
  en: {
    rule: 'Screening rule {name} was made to count',
    policy: 'Guidelines version {version} were published',
    by: 'Done by {name}',
    'state.unreviewed': 'Waits for a review',
    'state.upheld': 'Reviewed: agreed',
    'rule.reversed': 'Reviewed: switched off',
    'rule.objected': 'Reviewed: objected',
    'policy.reversed': 'Reviewed: withdrawn',
    'policy.objected': 'Reviewed: objected. The way on is another draft.',
    reviewed: 'Reviewed by {name}',
    review: 'Review this',
    agrees: 'I agree',
    'objects.rule': 'I do not agree: switch the rule off',
    'objects.policy': 'I do not agree: withdraw it if it is not in force yet',
    hint: 'A version that is in force stays in force: your objection is put on record, and the compliance officers are called.',
    because: 'Reason',
    own: 'Your rules and drafts that wait for a second person',
    'own.rule': 'Rule {name}',
    'own.draft': 'Draft from version {version}',
  },
});

/** What somebody filled in before the page came back. */
interface Typed {
  readonly decision?: string;
  readonly because?: string;
}

const ruleName = ({ name, slug, version }: Rule, { language }: Visit): string =>
  `${name[staffLanguage(language)] ?? Object.values(name)[0] ?? slug} (${slug} ${version})`;

/** What was put into force alone: what, who, when, and how its review stands. */
export function act(visit: Visit, one: ActRead, typed: Typed): Part {
  const { language } = visit;
  const say = words(language);
  const nameless = shared(language)('no-name');
  const what = one.rule
    ? html`<a href="${`/desk/rules/${one.subject}`}">${say('rule', { name: ruleName(one.rule, visit) })}</a>`
    : html`<a href="${`/guidelines/v/${one.subject}?lang=${language}`}">${say('policy', { version: one.subject })}</a>`;
  const state = one.state === 'unreviewed' || one.state === 'upheld' ? say(`state.${one.state}`) : say(`${one.what}.${one.state}`);
  return html`<div class="decision"><p>${what}</p><p>${say('by', { name: one.actedByName ?? nameless })}, ${dateTime(one.actedAt, language)}</p><p>${badge(
    {
      level: one.state === 'unreviewed' ? 'high' : one.state === 'upheld' ? 'good' : 'critical',
      word: state,
    },
  )} ${one.reviewedAt === null ? null : html`${say('reviewed', { name: one.reviewedByName ?? nameless })}, ${dateTime(one.reviewedAt, language)}`}</p>${one.said === null ? null : html`<p>${one.said}</p>`}${one.state === 'unreviewed' && reviews(visit.member, one) ? form(visit, one, typed) : null}</div>`;
}

function reviews(member: Member, { what, authors }: ActRead): boolean {
  return may(member, what === 'rule' ? 'rule.publish' : 'policy.review', { type: 'draft', authors }).allowed;
}

function form(visit: Visit, { id, what }: ActRead, typed: Typed): Html {
  const say = words(visit.language);
  return reviewForm(visit, {
    id,
    action: `/desk/break-glass/acts/${id}/review`,
    title: say('review'),
    agrees: say('agrees'),
    objects: say(`objects.${what}`),
    because: say('because'),
    hint: what === 'policy' ? say('hint') : null,
    typed: typed.decision === id ? (typed.because ?? '') : undefined,
  });
}

/** Where somebody puts into force alone what is theirs: on the page of the rule, or of the draft. */
export function ownActs(visit: Visit, { rules, drafts }: Pick<BreakGlassRead, 'rules' | 'drafts'>): Part {
  if (rules.length + drafts.length === 0) return null;
  const say = words(visit.language);
  return html`<h3>${say('own')}</h3><ul class="plain">${rules.map(
    (rule) => html`<li><a href="${`/desk/rules/${rule.id}`}">${say('own.rule', { name: ruleName(rule, visit) })}</a></li>`,
  )}${drafts.map((draft) => html`<li><a href="${`/desk/policy/${draft.id}`}">${say('own.draft', { version: draft.basedOn })}</a></li>`)}</ul>`;
}
