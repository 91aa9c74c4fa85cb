import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateText } from '../../foundation/i18n/time.ts';
import { accuracy } from '../../intake/index.ts';
import type { Service } from '../../subjects/index.ts';
import type { AccreditationRead, FlaggerRead, FlaggersRead } from '../../views/flaggers.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { waitingHere, withReason } from './waiting.ts';
import { words } from './words.ts';

export interface FlaggersTyped {
  readonly service?: string;
  readonly name?: string;
  readonly account?: string;
  readonly reason?: string;
}

interface Shown extends FlaggersRead {
  readonly services: readonly Service[];
  readonly typed?: FlaggersTyped;
  readonly errors?: readonly FieldError[];
}

type Asked = 'name' | 'account' | 'reason';

/** What is to be put right; without a question, somebody else was faster. */
export function toPutRightOf({ language }: Visit, name: Asked | 'conflict'): readonly FieldError[] {
  const message = words(language)(`wrong.${name}`);
  return [name === 'conflict' ? { message } : { field: name, message }];
}

export function flaggersPage(visit: Visit, shown: Shown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  return frame(visit, {
    title: shared(language)('flaggers'),
    active: 'flaggers',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="quiet">${say('text')}</p>${waitingHere(visit, shown.waiting)}${table<FlaggerRead>({
      caption: say('caption'),
      rows: shown.rows,
      empty: emptyState({ title: say('empty'), text: say('empty.text') }),
      columns: [
        {
          title: say('name'),
          cell: (row) => html`<strong>${row.name}</strong><span class="below"><code class="breaks">${row.id}</code></span>`,
        },
        {
          title: say('state'),
          cell: (row) =>
            html`${badge(row.state === 'accredited' ? { level: 'good', word: say('accredited') } : { level: 'medium', word: say('suspended') })}<span class="below">${dateText(row.suspendedAt ?? row.accreditedAt, language)}</span>${row.reason === null ? null : html`<span class="below">${row.reason}</span>`}`,
        },
        { title: say('reports'), cell: ({ tally }) => html`${tally.reports}<span class="below">${say('counted', { ...tally })}</span>` },
        { title: say('accuracy'), cell: ({ tally }) => share(accuracy(tally), say('few')) },
        { title: say('act'), cell: (row) => changes(visit, row) },
      ],
    })}${proposing(visit, shown)}${declinedHere(visit, shown.declined)}`,
  });
}

function share(of: number | null, few: string): Part {
  return of === null ? html`<span class="quiet">${few}</span>` : `${Math.round(of * 100)} %`;
}

function changes(visit: Visit, { id, name, state, waits }: FlaggerRead): Part {
  const say = words(visit.language);
  if (waits) return html`<span class="quiet">${say('waits')}</span>`;
  const asked = { id: `why-${id}`, about: name } as const;
  return state === 'suspended'
    ? withReason(visit, { ...asked, action: `/desk/flaggers/${id}/propose`, summary: say('again.propose') })
    : withReason(visit, { ...asked, action: `/desk/flaggers/${id}/suspend`, summary: say('suspend'), kind: 'critical' });
}

function proposing(visit: Visit, { services, typed = {}, errors = [] }: Shown): Html {
  const { language } = visit;
  const say = words(language);
  const more = (name: Asked) => {
    const error = errors.find(({ field: one }) => one === name)?.message;
    return { ...(typed[name] ? { value: typed[name] } : {}), ...(error ? { error } : {}) };
  };
  return html`<section class="card stack"><h2>${say('new')}</h2><form method="post" action="/desk/flaggers">${proof(visit)}${field({
    kind: 'select',
    language,
    name: 'service',
    label: shared(language)('service'),
    choices: services.map(({ slug, name }) => ({ value: slug, label: name })),
    ...(typed.service ? { value: typed.service } : {}),
  })}${field({ kind: 'text', language, name: 'name', label: say('name'), maxlength: 200, autocomplete: 'off', ...more('name') })}${field({
    kind: 'text',
    language,
    name: 'account',
    label: say('account'),
    hint: say('account.hint'),
    maxlength: 200,
    optional: true,
    autocomplete: 'off',
    ...more('account'),
  })}${field({
    ...({ kind: 'long', language, name: 'reason', label: say('reason'), hint: say('reason.hint') } as const),
    ...{ rows: 3, maxlength: 2_000, ...more('reason') },
  })}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form></section>`;
}

/** So that whoever proposed it reads what became of it. */
function declinedHere(visit: Visit, declined: readonly AccreditationRead[]): Part {
  if (declined.length === 0) return null;
  const { language } = visit;
  const say = words(language);
  const ended = (one: AccreditationRead) => say(`declined.${one.state as 'refused'}`, { name: one.settler ?? shared(language)('no-name') });
  return table<AccreditationRead>({
    caption: say('declined'),
    rows: declined,
    columns: [
      {
        title: say('name'),
        cell: (row) => html`<strong>${row.name}</strong>${row.reason === null ? null : html`<span class="below">${row.reason}</span>`}`,
      },
      { title: say('by'), cell: (row) => row.proposer ?? shared(language)('no-name') },
      {
        title: say('state'),
        cell: (row) =>
          html`${ended(row)}<span class="below">${dateText(row.settledAt as Date, language)}</span>${row.refusal === null ? null : html`<span class="below">${row.refusal}</span>`}`,
      },
    ],
  });
}
