import type { ActAlone } from '../../decisions/index.ts';
import { badge } from '../../foundation/html/badge.ts';
import { definitionList, emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffLanguage } from '../../foundation/i18n/language.ts';
import type { Policy } from '../../policy/index.ts';
import { brakeSettings, type Rule, type RuleSample } from '../../screening/index.ts';
import { may } from '../../staff/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { clauseName, harmShort, words as shared } from '../words.ts';
import { words } from './words.ts';

export interface RulesShown {
  readonly rules: readonly Rule[];
  readonly screened: number;
  readonly hits: ReadonlyMap<string, number>;
}

const levels = { draft: 'low', shadow: 'low', proposed: 'medium', live: 'good', off: 'low' } as const;

function nameOf(rule: Rule, { language }: Visit): string {
  return rule.name[staffLanguage(language)] ?? Object.values(rule.name)[0] ?? rule.slug;
}

function stateOf(rule: Rule, { language }: Visit): Html {
  const say = words(language);
  return html`${badge({ level: levels[rule.state], word: say(`state.${rule.state}`) })}${rule.braked ? badge({ level: 'high', word: say('braked') }) : null}`;
}

/** Every rule with its state and what it hit. */
export function rulesPage(visit: Visit, { rules, screened, hits }: RulesShown): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const share = Math.round(brakeSettings.share * 100);
  return frame(visit, {
    title: say('title'),
    active: 'rules',
    body: html`<p class="quiet">${say('rule')}</p><p class="quiet">${say('brake', { hours: brakeSettings.youngHours, hits: brakeSettings.hits, share })}</p><p>${say('traffic', { count: screened })}</p>${
      may(member, 'rule.write', 'rules').allowed
        ? html`<p>${button({ kind: 'primary', text: say('write'), href: '/desk/rules/new' })}</p>`
        : null
    }${table<Rule>({
      caption: say('caption'),
      rows: rules,
      columns: [
        {
          title: say('name'),
          cell: (row) =>
            html`<a href="${`/desk/rules/${row.id}`}">${nameOf(row, visit)}</a><span class="below"><code>${row.slug}</code> ${say('version', { version: row.version })}</span>`,
        },
        { title: say('state'), cell: (row) => stateOf(row, visit) },
        { title: say('verdict'), cell: (row) => say(`verdict.${row.verdict}`) },
        { title: say('hits'), number: true, cell: (row) => String(hits.get(row.id) ?? 0) },
        { title: say('since'), cell: (row) => dateTime(row.since, language) },
      ],
    })}`,
  });
}

export interface RuleShown {
  readonly rule: Rule;
  readonly guidelines: Policy;
  readonly author: string | null;
  readonly hits: number;
  readonly screened: number;
  readonly samples: readonly (RuleSample & { readonly at: Date })[];
  /** The last time that one person alone made it count. */
  readonly alone: ActAlone | undefined;
  /** Whether whoever looks has opened break-glass. */
  readonly glass: boolean;
  readonly errors?: readonly FieldError[];
}

/** One version of a rule: what it says, what it hit, and what may be done with it now. */
export function rulePage(visit: Visit, shown: RuleShown): Promise<Html> {
  const { rule, guidelines, author, hits, screened, samples, errors = [] } = shown;
  const { language } = visit;
  const say = words(language);
  return frame(visit, {
    title: say('title.one', { name: nameOf(rule, visit) }),
    active: 'rules',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<div class="standing">${stateOf(rule, visit)}<span class="quiet"><code>${rule.slug}</code> ${say('version', { version: rule.version })}</span></div>${definitionList(
      [
        [say('when'), html`<code class="breaks">${rule.when}</code>`],
        [say('verdict'), say(`verdict.${rule.verdict}`)],
        [say('clause'), html`${clauseName(rule.clause, guidelines, language)}, ${harmShort(rule.harm, language)}`],
        [say('why'), rule.why[staffLanguage(language)] ?? Object.values(rule.why)[0] ?? ''],
        [say('name'), author ?? say('shipped')],
        [say('since'), dateTime(rule.since, language)],
        [say('hits'), html`<strong>${String(hits)}</strong> <span class="quiet">${say('traffic', { count: screened })}</span>`],
      ],
    )}${singleHanded(visit, shown)}${acts(visit, shown)}${table<RuleSample & { readonly at: Date }>({
      caption: say('samples'),
      rows: samples,
      empty: emptyState({ title: say('samples.empty'), text: say('samples.empty.text') }),
      columns: [
        {
          title: say('item'),
          cell: (row) => html`<code>${row.item}</code><span class="below">${row.service}, ${row.surface}, ${row.kind}</span>`,
        },
        { title: say('at'), cell: (row) => dateTime(row.at, language) },
      ],
    })}`,
  });
}

/** One person alone made it count: whether somebody else has looked at that since. */
function singleHanded(visit: Visit, { rule, alone }: Pick<RuleShown, 'rule' | 'alone'>): Part {
  if (rule.state !== 'live' || !alone || alone.actedAt < rule.since || alone.state === 'upheld') return null;
  const say = words(visit.language);
  return html`<p class="notice">${say(alone.state === 'unreviewed' ? 'alone.unreviewed' : 'alone.objected')}${toBreakGlass(visit)}</p>`;
}

function toBreakGlass({ language, member }: Visit): Part {
  return may(member, 'break-glass.view', 'break-glass').allowed
    ? html` <a href="/desk/break-glass">${shared(language)('break-glass')}</a>`
    : null;
}

function acts(visit: Visit, { rule, glass }: Pick<RuleShown, 'rule' | 'glass'>): Part {
  const { language, member } = visit;
  const say = words(language);
  if (!may(member, 'rule.write', 'rules').allowed) return null;
  const form = (act: 'shadow' | 'propose' | 'live' | 'alone' | 'off', kind: 'primary' | 'critical' | 'plain') =>
    html`<form method="post" action="${`/desk/rules/${rule.id}/${act}`}">${proof(visit)}${button({ kind, text: say(act) })}</form>`;
  const authors = [rule.draftedBy, rule.proposedBy].filter((one) => one !== null);
  const second = may(member, 'rule.publish', { type: 'draft', authors }).allowed;
  const own = rule.state === 'proposed' && may(member, 'rule.publish-alone', { type: 'draft', authors }).allowed;
  return html`${rule.state === 'proposed' && !second ? html`<p class="notice">${say('second')}${own && !glass ? html` ${say('second.nobody')}${toBreakGlass(visit)}` : null}</p>` : null}<div class="actions">${
    rule.state === 'draft' || rule.state === 'off' ? form('shadow', 'primary') : null
  }${rule.state === 'shadow' ? form('propose', 'primary') : null}${rule.state === 'proposed' && second ? form('live', 'primary') : null}${own && glass ? form('alone', 'critical') : null}${
    rule.state === 'off' ? null : form('off', 'critical')
  }${button({ text: say('new-version'), href: `/desk/rules/new?from=${rule.id}` })}</div>`;
}
