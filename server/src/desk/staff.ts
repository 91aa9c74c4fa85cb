import { badge } from '../foundation/html/badge.ts';
import { definitionList } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { field } from '../foundation/html/field.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { attributes, html } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { languages, ownNames } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { dateText } from '../foundation/i18n/time.ts';
import type { Enrolled } from '../procedure/staff/enrol.ts';
import { type RosterEntry, staffRoles, totpAddress } from '../staff/index.ts';
import { frame, proof, type Visit } from './frame.ts';
import { words as shared } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Kakitangan',
    caption: 'Semua orang yang bekerja atau pernah bekerja di sini',
    name: 'Nama',
    login: 'Nama log masuk',
    roles: 'Peranan',
    languages: 'Bahasa',
    since: 'Sejak',
    act: 'Tukar',
    active: 'Aktif',
    disabled: 'Ditamatkan',
    state: 'Keadaan',
    'roles.set': 'Tetapkan peranan',
    'roles.own': 'Peranan sendiri ditetapkan oleh pentadbir lain.',
    disable: 'Tamatkan akses',
    'disable.sure': 'Tamatkan akses {name}? Semua sesinya berakhir serta-merta dan tidak boleh dibuka semula.',
    enrol: 'Daftar orang baharu',
    'login.hint': 'Huruf kecil a–z, angka dan . _ @ -',
    'enrol.send': 'Daftar',
    reset: 'Beri log masuk baharu',
    'reset.sure': 'Beri {name} kata laluan dan rahsia baharu? Yang lama tidak berguna lagi dan semua sesinya berakhir.',
    'reset.title': '{name} mempunyai log masuk baharu',
    'once.title': '{name} sudah didaftarkan',
    'once.text': 'Serahkan tiga perkara ini kepadanya sekarang. Kata laluan dan rahsia ini tidak akan ditunjukkan lagi.',
    password: 'Kata laluan',
    secret: 'Rahsia untuk aplikasi pengesah',
    address: 'Pautan untuk aplikasi pengesah',
    'wrong.name': 'Tulis nama orang itu.',
    'wrong.login': 'Tulis nama log masuk: 2 hingga 100 huruf kecil a–z, angka dan . _ @ -, bermula dengan huruf atau angka.',
    'wrong.roles': 'Pilih sekurang-kurangnya satu peranan.',
    'wrong.taken': 'Orang lain sudah memakai nama log masuk ini. Pilih yang lain.',
  },
  en: {
    title: 'Staff',
    caption: 'Everybody who works here, or did',
    name: 'Name',
    login: 'Log-in name',
    roles: 'Roles',
    languages: 'Languages',
    since: 'Since',
    act: 'Change',
    active: 'Active',
    disabled: 'Ended',
    state: 'State',
    'roles.set': 'Set roles',
    'roles.own': 'Your own roles are set by another administrator.',
    disable: 'End access',
    'disable.sure': 'End the access of {name}? All their sessions end at once, and it cannot be opened again.',
    enrol: 'Enrol somebody',
    'login.hint': 'Lower-case letters a–z, digits and . _ @ -',
    'enrol.send': 'Enrol',
    reset: 'Give a new log-in',
    'reset.sure': 'Give {name} a new password and secret? The old ones open nothing any more, and all their sessions end.',
    'reset.title': '{name} has a new log-in',
    'once.title': '{name} is enrolled',
    'once.text': 'Hand these three over now. Password and secret are not shown again.',
    password: 'Password',
    secret: 'Secret for an authenticator app',
    address: 'Link for an authenticator app',
    'wrong.name': 'Write the person’s name.',
    'wrong.login': 'Write a log-in name: 2 to 100 lower-case letters a–z, digits and . _ @ -, beginning with a letter or digit.',
    'wrong.roles': 'Choose at least one role.',
    'wrong.taken': 'Somebody has this log-in name already. Choose another one.',
  },
});

export interface StaffShown {
  readonly roster: readonly RosterEntry[];
  readonly typed?: {
    readonly name: string;
    readonly login: string;
    readonly roles: readonly string[];
    readonly languages: readonly string[];
  };
  readonly errors?: readonly FieldError[];
  /** Somebody was enrolled just now, and this is what they log in with. */
  readonly enrolled?: Enrolled & { readonly name: string };
  /** It is somebody who was here before, with new secrets. */
  readonly reset?: boolean;
}

/** What an enrolment lacks, each with its place; `login` is null where what was typed can't be one. */
export function toPutRightOf(
  { language }: Visit,
  typed: 'taken' | { readonly name: string; readonly login: string | null; readonly roles: readonly string[] },
): readonly FieldError[] {
  const say = words(language);
  if (typed === 'taken') return [{ field: 'login', message: say('wrong.taken') }];
  return [
    ...(typed.name.trim() === '' ? [{ field: 'name', message: say('wrong.name') }] : []),
    ...(typed.login === null ? [{ field: 'login', message: say('wrong.login') }] : []),
    ...(typed.roles.length === 0 ? [{ field: `new-roles-${staffRoles[0]}`, message: say('wrong.roles') }] : []),
  ];
}

export function staffDesk(visit: Visit, shown: StaffShown): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  return frame(visit, {
    title: say('title'),
    active: 'staff',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`${shown.enrolled ? once(visit, shown.enrolled, shown.reset === true) : null}${table<RosterEntry>({
      caption: say('caption'),
      rows: shown.roster,
      columns: [
        {
          title: say('name'),
          cell: (row) => html`<strong>${row.name ?? common('no-name')}</strong><span class="below">${row.login}</span>`,
        },
        { title: say('roles'), cell: (row) => row.roles.map((role) => common(`role.${role}`)).join(', ') },
        { title: say('languages'), cell: (row) => row.languages.map((one) => ownNames[one]).join(', ') },
        {
          title: say('state'),
          cell: (row) => badge(row.disabled ? { level: 'low', word: say('disabled') } : { level: 'good', word: say('active') }),
        },
        { title: say('since'), cell: (row) => dateText(row.enrolledAt, language) },
        { title: say('act'), cell: (row) => (row.disabled ? null : changes(visit, row)) },
      ],
    })}${enrolment(visit, shown)}`,
  });
}

function changes(visit: Visit, row: RosterEntry): Part {
  const say = words(visit.language);
  const name = row.name ?? shared(visit.language)('no-name');
  if (row.id === visit.member.id) return html`<span class="quiet">${say('roles.own')}</span>`;
  return html`<details><summary>${say('roles.set')}<span class="unseen">: ${name}</span></summary><form method="post" action="${`/desk/staff/${row.id}/roles`}">${proof(visit)}${boxes({ name: 'roles', prefix: row.id, legend: say('roles'), ticked: row.roles, choices: staffRoles.map((role) => [role, shared(visit.language)(`role.${role}`)]) })}${button({ text: say('roles.set') })}</form></details><details><summary>${say('disable')}<span class="unseen">: ${name}</span></summary><form method="post" action="${`/desk/staff/${row.id}/disable`}">${proof(visit)}<p>${say('disable.sure', { name })}</p>${button({ kind: 'critical', text: say('disable') })}</form></details><details><summary>${say('reset')}<span class="unseen">: ${name}</span></summary><form method="post" action="${`/desk/staff/${row.id}/reset`}">${proof(visit)}<p>${say('reset.sure', { name })}</p>${button({ text: say('reset') })}</form></details>`;
}

function enrolment(visit: Visit, { typed, errors = [] }: Pick<StaffShown, 'typed' | 'errors'>): Html {
  const { language } = visit;
  const wrong = (name: string) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return error ? { error } : {};
  };
  const say = words(language);
  return html`<section class="card stack"><h2>${say('enrol')}</h2><form method="post" action="/desk/staff">${proof(visit)}<div class="two">${field(
    {
      kind: 'text',
      language,
      name: 'name',
      label: say('name'),
      maxlength: 200,
      autocomplete: 'off',
      ...(typed ? { value: typed.name } : {}),
      ...wrong('name'),
    },
  )}${field({
    kind: 'text',
    language,
    name: 'login',
    label: say('login'),
    hint: say('login.hint'),
    maxlength: 100,
    autocomplete: 'off',
    ...(typed ? { value: typed.login } : {}),
    ...wrong('login'),
  })}</div><div class="two">${boxes({
    name: 'roles',
    prefix: 'new',
    legend: say('roles'),
    ticked: typed?.roles ?? [],
    choices: staffRoles.map((role) => [role, shared(language)(`role.${role}`)]),
  })}${boxes({
    name: 'languages',
    prefix: 'new',
    legend: say('languages'),
    ticked: typed?.languages ?? [],
    choices: languages.map((one) => [one, ownNames[one]]),
  })}</div><div class="actions">${button({ kind: 'primary', text: say('enrol.send') })}</div></form></section>`;
}

interface Boxes {
  readonly name: string;
  readonly prefix: string;
  readonly legend: string;
  readonly ticked: readonly string[];
  readonly choices: readonly (readonly [value: string, label: string])[];
}

function boxes({ name, prefix, legend, ticked, choices }: Boxes): Html {
  return html`<fieldset class="field"><legend class="field-label">${legend}</legend><div class="choices">${choices.map(
    ([value, label]) =>
      html`<label class="choice"><input ${attributes({ type: 'checkbox', id: `${prefix}-${name}-${value}`, name, value, checked: ticked.includes(value) })}><span>${label}</span></label>`,
  )}</div></fieldset>`;
}

function once({ language }: Visit, enrolled: NonNullable<StaffShown['enrolled']>, reset: boolean): Html {
  const say = words(language);
  return html`<section class="card stack" role="status"><h2>${say(reset ? 'reset.title' : 'once.title', { name: enrolled.name })}</h2><p>${say('once.text')}</p>${definitionList(
    [
      [say('login'), html`<code>${enrolled.login}</code>`],
      [say('password'), html`<code>${enrolled.password}</code>`],
      [say('secret'), html`<code>${enrolled.totpSecret.replace(/(.{4})(?=.)/g, '$1 ')}</code>`],
      [say('address'), html`<code class="breaks">${totpAddress(enrolled.totpSecret, enrolled.login)}</code>`],
    ],
  )}</section>`;
}
