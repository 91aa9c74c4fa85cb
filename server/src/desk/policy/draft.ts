import { badge } from '../../foundation/html/badge.ts';
import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { languages, ownNames } from '../../foundation/i18n/language.ts';
import * as policy from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { harmShort, words as shared } from '../words.ts';
import { words } from './words.ts';

export interface DraftShown {
  readonly draft: policy.Draft;
  readonly base: policy.Policy;
  readonly text: policy.PolicyDocument;
  readonly newest: string;
  /** Names of who wrote it, and what the last review said; null where nobody did yet, or their words were erased. */
  readonly authors: readonly string[];
  readonly review: string | null;
  /** Whether whoever looks has opened break-glass. */
  readonly glass: boolean;
  readonly errors?: readonly FieldError[];
}

/** A draft: what it changes word by word, what is missing, and what may be done with it now. */
export function draftPage(visit: Visit, shown: DraftShown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const { draft, base, text, newest, authors, review, errors = [] } = shown;
  const open = draft.state === 'drafting' || draft.state === 'accepted';
  const gaps = policy.gapsIn(text);
  const writes = open && may(visit.member, 'policy.write', 'policy').allowed;
  return frame(visit, {
    title: say('draft.title', { version: draft.basedOn }),
    active: 'policy',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<div class="standing">${badge({ level: draft.state === 'accepted' ? 'good' : 'low', word: say(`state.${draft.state}`) })}${draft.policy === null ? null : html`<a href="${`/guidelines/v/${draft.policy}?lang=${language}`}">${say('version.title', { version: draft.policy })}</a>`}</div>${definitionList(
      [
        [say('authors'), authors.join(', ')],
        [say('changed'), dateTime(draft.changedAt, language)],
        review === null ? null : [say('review.last'), said(review)],
      ],
    )}${open && newest !== draft.basedOn ? html`<p class="notice">${say('stale', { version: newest })}</p>` : null}
<section class="card stack"><h2>${say('gaps')}</h2>${gaps.length === 0 ? html`<p>${say('gaps.none')}</p>` : html`<ul>${gaps.map((gap) => gapLine(visit, gap))}</ul>`}</section>
<section class="card stack"><h2>${say('diff', { version: base.version })}</h2>${differences(visit, base.document, text)}</section>
${open ? acts(visit, shown) : null}
${writes ? clauseList(visit, draft, text) : null}`,
  });
}

function gapLine({ language }: Visit, gap: policy.Gap): Part {
  const say = words(language);
  const where = gap.clause ?? (gap.harm ? harmShort(gap.harm, language) : '');
  return html`<li>${where ? html`<strong>${where}</strong>: ` : null}${say(`gap.${gap.what}`)}${gap.language ? html` (${ownNames[gap.language]})` : null}</li>`;
}

function differences({ language }: Visit, before: policy.PolicyDocument, after: policy.PolicyDocument): Part {
  const say = words(language);
  const intro = languages.filter((one) => before.intro[one] !== after.intro[one]);
  const clauses = policy.clauseDiffs(before, after);
  if (intro.length === 0 && clauses.length === 0) return html`<p class="quiet">${say('diff.none')}</p>`;
  return html`${intro.length === 0 ? null : html`<h3>${say('intro')}</h3>${intro.map((one) => marked(ownNames[one], one, policy.wordDiff(before.intro[one], after.intro[one], one)))}`}${clauses.map(
    (diff) => {
      const { number, title } = (diff.after ?? diff.before) as policy.Clause;
      const facts = factsChanged(diff);
      return html`<section class="stack"><h3>${badge({ level: diff.is === 'gone' ? 'high' : 'medium', word: say(`diff.${diff.is}`) })} ${number} ${title[language]} <code>${diff.id}</code></h3>${facts.length === 0 ? null : html`<p>${facts.map(([what, was, is]) => html`${say(what)}: <del>${was}</del> <ins>${is}</ins> `)}</p>`}${policy
        .partDiffs(diff, languages)
        .map((part) => marked(`${say(`part.${part.part}`)}, ${ownNames[part.language]}`, part.language, part.stretches))}</section>`;
    },
  )}`;
}

/** What of a clause is no text: its number, harm, ground, what it leads to. */
function factsChanged({ before, after }: policy.ClauseDiff) {
  return (['number', 'harm', 'determination', 'ground', 'cites'] as const)
    .map((what) => [what, String(before?.[what] ?? ''), String(after?.[what] ?? '')] as const)
    .filter(([, was, is]) => was !== is);
}

function marked(title: string, lang: string, stretches: readonly policy.Stretch[]): Part {
  return html`<div><p class="quiet">${title}</p><p lang="${lang}">${stretches.map(({ is, text }) => (is === 'same' ? text : is === 'gone' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`))}</p></div>`;
}

function acts(visit: Visit, { draft, newest, glass, errors = [] }: DraftShown): Part {
  const { language, member } = visit;
  const say = words(language);
  const wrong = (name: string) => {
    const error = errors.find((one) => one.field === name)?.message;
    return error ? { error } : {};
  };
  const form = (act: string, body: Part) =>
    html`<form method="post" action="${`/desk/policy/${draft.id}/${act}`}">${proof(visit)}<input type="hidden" name="seen" value="${draft.digest}">${body}</form>`;
  const reviews = may(member, 'policy.review', { type: 'draft', authors: draft.authors });
  const writes = may(member, 'policy.write', 'policy').allowed;
  const review = reviews.allowed
    ? form(
        'review',
        html`${field({ kind: 'radios', language, name: 'outcome', label: say('outcome'), choices: (['accepted', 'returned'] as const).map((value) => ({ value, label: say(value) })), ...wrong('outcome') })}${field({ kind: 'long', language, name: 'reason', label: say('reason'), hint: say('reason.hint'), rows: 3, maxlength: 2_000, ...wrong('reason') })}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div>`,
      )
    : reviews.code === 'same-person'
      ? html`<p class="notice">${say('review.own')}${glass ? null : html` ${say('alone.open')} <a href="/desk/break-glass">${shared(language)('break-glass')}</a>`}</p>`
      : null;
  const from = field({
    kind: 'text',
    language,
    name: 'from',
    label: say('from'),
    hint: say('from.hint'),
    short: true,
    optional: true,
    maxlength: 20,
    ...wrong('from'),
  });
  const alone =
    glass &&
    draft.state === 'drafting' &&
    draft.reviewedBy === null &&
    may(member, 'policy.publish-alone', { type: 'draft', authors: draft.authors }).allowed;
  return html`${draft.state === 'drafting' && review !== null ? html`<section class="card stack"><h2>${say('review')}</h2>${review}</section>` : null}${
    draft.state === 'accepted' && writes
      ? html`<section class="card stack"><h2>${say('publish')}</h2><p>${say('publish.text')}</p>${form('publish', html`${from}<div class="actions">${button({ kind: 'primary', text: say('publish') })}</div>`)}</section>`
      : null
  }${
    alone
      ? html`<section class="card stack"><h2>${say('alone')}</h2><p>${say('alone.text')}</p>${form('alone', html`${from}<div class="actions">${button({ kind: 'critical', text: say('alone') })}</div>`)}</section>`
      : null
  }${
    writes
      ? html`<div class="actions">${newest === draft.basedOn ? null : form('renew', button({ text: say('renew') }))}${form('drop', button({ kind: 'critical', text: say('drop') }))}</div>`
      : null
  }`;
}

function clauseList({ language }: Visit, draft: policy.Draft, text: policy.PolicyDocument): Part {
  const say = words(language);
  const to = (clause?: string) => `/desk/policy/${draft.id}/clause${clause === undefined ? '' : `?clause=${clause}`}`;
  return html`<section class="card stack"><h2>${say('clauses')}</h2><p>${button({ text: say('add'), href: to() })}</p><ul>${text.clauses.map(
    ({ id, number, title }) =>
      html`<li>${number} ${title[language]} <a href="${to(id)}">${say('edit')}<span class="unseen">: ${number} ${title[language]}</span></a></li>`,
  )}</ul></section>`;
}
