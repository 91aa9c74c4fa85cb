import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { field } from '../foundation/html/field.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { attributes, html } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { dateText } from '../foundation/i18n/time.ts';
import { accuracy } from '../intake/index.ts';
import type { Service } from '../subjects/index.ts';
import type { FlaggerRead } from '../views/flaggers.ts';
import { frame, proof, type Visit } from './frame.ts';
import { words as shared } from './words.ts';

const words = staffTexts({
  ms: {
    text: 'Laporan daripada organisasi yang diakreditasi didahulukan dalam kelasnya. Jika disalah guna, akreditasi digantung; selepas itu mereka melapor seperti orang lain.',
    caption: 'Organisasi yang diakreditasi',
    name: 'Organisasi',
    state: 'Keadaan',
    accredited: 'Diakreditasi',
    suspended: 'Digantung',
    reports: 'Laporan',
    accuracy: 'Tepat',
    few: 'terlalu sedikit',
    counted: '{actioned} diambil tindakan, {noViolation} tiada pelanggaran, {dismissed} diketepikan',
    act: 'Ubah',
    suspend: 'Gantung akreditasi',
    why: 'Mengapa?',
    again: 'Akreditasi semula',
    empty: 'Belum ada organisasi',
    'empty.text': 'Akreditasi satu di bawah.',
    new: 'Akreditasi organisasi',
    account: 'Akaun di platform',
    'account.hint': 'Id akaun pada platform, jika mereka melapor daripada akaun. Jika tidak, mereka melapor dengan id di atas.',
    send: 'Akreditasi',
    'wrong.name': 'Tulis nama organisasi.',
    'wrong.account': 'Akaun ini milik organisasi lain, atau keadaannya sudah berubah.',
  },
  en: {
    text: 'Reports of an accredited organisation come first within their class. Misused, the accreditation is suspended; then they report as anybody does.',
    caption: 'Accredited organisations',
    name: 'Organisation',
    state: 'State',
    accredited: 'Accredited',
    suspended: 'Suspended',
    reports: 'Reports',
    accuracy: 'Right',
    few: 'too few',
    counted: '{actioned} acted on, {noViolation} no violation, {dismissed} dismissed',
    act: 'Change',
    suspend: 'Suspend',
    why: 'Why?',
    again: 'Accredit again',
    empty: 'No organisation yet',
    'empty.text': 'Accredit one below.',
    new: 'Accredit an organisation',
    account: 'Account on the platform',
    'account.hint': 'The platform’s id of it, where they report from an account. Else they report with the id above.',
    send: 'Accredit',
    'wrong.name': 'Write the name of the organisation.',
    'wrong.account': 'This account is another organisation’s, or the state has changed.',
  },
});

export interface FlaggersTyped {
  readonly service?: string;
  readonly name?: string;
  readonly account?: string;
}

interface Shown {
  readonly rows: readonly FlaggerRead[];
  readonly services: readonly Service[];
  readonly typed?: FlaggersTyped;
  readonly errors?: readonly FieldError[];
}

export function toPutRightOf({ language }: Visit, name: 'name' | 'account'): readonly FieldError[] {
  return [{ field: name, message: words(language)(`wrong.${name}`) }];
}

export function flaggersPage(visit: Visit, shown: Shown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  return frame(visit, {
    title: shared(language)('flaggers'),
    active: 'flaggers',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="quiet">${say('text')}</p>${table<FlaggerRead>({
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
    })}${accreditation(visit, shown)}`,
  });
}

function share(of: number | null, few: string): Part {
  return of === null ? html`<span class="quiet">${few}</span>` : `${Math.round(of * 100)} %`;
}

function changes(visit: Visit, row: FlaggerRead): Part {
  const say = words(visit.language);
  if (row.state === 'suspended')
    return html`<form method="post" action="${`/desk/flaggers/${row.id}/accredit`}">${proof(visit)}${button({ text: say('again') })}</form>`;
  const why = `why-${row.id}`;
  return html`<details><summary>${say('suspend')}<span class="unseen">: ${row.name}</span></summary><form method="post" action="${`/desk/flaggers/${row.id}/suspend`}">${proof(visit)}<label for="${why}">${say('why')}</label><textarea ${attributes({ class: 'input', id: why, name: 'reason', rows: 2, maxlength: 2_000, 'aria-required': 'true' })}></textarea>${button({ kind: 'critical', text: say('suspend') })}</form></details>`;
}

function accreditation(visit: Visit, { services, typed = {}, errors = [] }: Shown): Html {
  const { language } = visit;
  const say = words(language);
  const more = (name: 'name' | 'account') => {
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
  })}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form></section>`;
}
