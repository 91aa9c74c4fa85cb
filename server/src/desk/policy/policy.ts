import type { ActAlone } from '../../decisions/index.ts';
import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import type { Draft, Policy, VersionRow } from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { words } from './words.ts';

export interface PolicyShown {
  readonly versions: readonly VersionRow[];
  readonly current: Policy;
  readonly drafts: readonly Draft[];
  /** How the review stands of what one person published alone, by version. */
  readonly alone: ReadonlyMap<string, ActAlone>;
  readonly errors?: readonly FieldError[];
  readonly typed?: string;
}

/** Every version of the guidelines, what is being written, and how to begin. */
export function policyPage(visit: Visit, { versions, current, drafts, alone, errors = [], typed }: PolicyShown): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const writes = may(member, 'policy.write', 'policy').allowed;
  return frame(visit, {
    title: say('title'),
    active: 'policy',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<p class="quiet">${say('rule')}</p>${table<VersionRow>({
      caption: say('versions'),
      rows: versions,
      columns: [
        {
          title: say('version'),
          cell: (row) =>
            html`<a href="${`/guidelines/v/${row.policy}?lang=${language}`}">${say('version.title', { version: row.policy })}</a>`,
        },
        {
          title: say('state'),
          cell: (row) =>
            html`${stateOf(visit, row, current)}${row.singleHanded ? html`<span class="below">${badge({ level: 'medium', word: say('single') })}</span>` : null}`,
        },
        { title: say('since'), cell: (row) => dateTime(row.inForceFrom, language) },
        { title: say('digest'), cell: (row) => html`<code title="${row.digest}">${row.digest.slice(0, 12)}</code>` },
        { title: say('act'), cell: (row) => (writes ? acts(visit, row, alone.get(row.policy)) : null) },
      ],
    })}${table<Draft>({
      caption: say('drafts'),
      rows: drafts,
      empty: emptyState({ title: say('drafts.empty'), text: say('drafts.empty.text') }),
      columns: [
        {
          title: say('draft'),
          cell: (row) => html`<a href="${`/desk/policy/${row.id}`}">${say('draft.title', { version: row.basedOn })}</a>`,
        },
        {
          title: say('state'),
          cell: (row) => badge({ level: row.state === 'accepted' ? 'good' : 'low', word: say(`state.${row.state}`) }),
        },
        { title: say('diff', { version: '' }).trim(), cell: (row) => say('changes.count', { count: row.changes.clauses.length }) },
        { title: say('changed'), cell: (row) => dateTime(row.changedAt, language) },
      ],
    })}${writes ? begin(visit, errors, typed) : null}`,
  });
}

function stateOf({ language, now }: Visit, row: VersionRow, current: Policy): Html {
  const say = words(language);
  if (row.withdrawnAt !== null) return badge({ level: 'low', word: say('state.withdrawn') });
  if (row.policy === current.version) return badge({ level: 'good', word: say('state.current') });
  return row.inForceFrom > now ? badge({ level: 'medium', word: say('state.ahead') }) : badge({ level: 'low', word: say('state.before') });
}

function acts(visit: Visit, row: VersionRow, alone: ActAlone | undefined): Part {
  const say = words(visit.language);
  const one = (act: 'confirm' | 'withdraw') =>
    html`<form method="post" action="${`/desk/policy/${act}`}">${proof(visit)}<input type="hidden" name="version" value="${row.policy}">${button({ text: say(act) })}</form>`;
  const withdraw = row.withdrawnAt === null && row.inForceFrom > visit.now ? one('withdraw') : null;
  if (alone && alone.state !== 'upheld')
    return html`<a href="/desk/break-glass">${say(alone.state === 'unreviewed' ? 'alone.review' : 'alone.reviewed')}</a>${withdraw}`;
  return row.singleHanded ? one('confirm') : withdraw;
}

function begin(visit: Visit, errors: readonly FieldError[], typed = ''): Part {
  const { language } = visit;
  const say = words(language);
  const error = errors.find((one) => one.field === 'text')?.message;
  return html`<form method="post" action="/desk/policy">${proof(visit)}<div class="actions">${button({ kind: 'primary', text: say('begin') })}</div></form>
<details><summary>${say('import')}</summary><form method="post" action="/desk/policy/import">${proof(visit)}${field({
    kind: 'long',
    language,
    name: 'text',
    label: say('import'),
    hint: say('import.hint'),
    value: typed,
    ...(error ? { error } : {}),
  })}<div class="actions">${button({ text: say('import.send') })}</div></form></details>`;
}
