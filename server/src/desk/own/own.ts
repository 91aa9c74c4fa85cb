import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import type { OwnSession } from '../../staff/index.ts';
import { frame, notice, proof, type Visit } from '../frame.ts';

const words = staffTexts({
  ms: {
    title: 'Log masuk saya',
    'done.password': 'Kata laluan sudah ditukar. Sesi lain sudah berakhir.',
    'done.sessions': 'Semua sesi lain sudah berakhir.',
    password: 'Tukar kata laluan',
    old: 'Kata laluan sekarang',
    fresh: 'Kata laluan baharu',
    'fresh.hint': 'Sekurang-kurangnya 12 aksara.',
    'password.send': 'Tukar',
    codes: 'Kod pemulihan',
    'codes.text': 'Jika anda kehilangan aplikasi pengesah, satu kod ini menggantikan enam angka itu, sekali sahaja.',
    'codes.left': 'Tinggal {count} kod.',
    'codes.ask': 'Kata laluan anda',
    'codes.send': 'Buat sepuluh kod baharu',
    'codes.once': 'Simpan sepuluh kod ini sekarang. Ia tidak akan ditunjukkan lagi; kod lama tidak berguna lagi.',
    sessions: 'Di mana anda log masuk',
    began: 'Bermula',
    seen: 'Terakhir dilihat',
    here: 'Di sini',
    'sessions.end': 'Tamatkan semua yang lain',
    'wrong.old': 'Ini bukan kata laluan anda.',
    'wrong.password': 'Ini bukan kata laluan anda.',
    'wrong.fresh': 'Kata laluan mempunyai 12 hingga 200 aksara.',
  },
  en: {
    title: 'My log-in',
    'done.password': 'The password is changed. Other sessions are over.',
    'done.sessions': 'All other sessions are over.',
    password: 'Change the password',
    old: 'Present password',
    fresh: 'New password',
    'fresh.hint': 'At least 12 characters.',
    'password.send': 'Change it',
    codes: 'Recovery codes',
    'codes.text': 'If you lose your authenticator app, one of these stands in for its six digits, once.',
    'codes.left': '{count} codes are left.',
    'codes.ask': 'Your password',
    'codes.send': 'Make ten new codes',
    'codes.once': 'Keep these ten codes now. They are not shown again, and older ones open nothing any more.',
    sessions: 'Where you are logged in',
    began: 'Began',
    seen: 'Last seen',
    here: 'Here',
    'sessions.end': 'End all others',
    'wrong.old': 'This is not your password.',
    'wrong.password': 'This is not your password.',
    'wrong.fresh': 'A password has 12 to 200 characters.',
  },
});

export interface OwnShown {
  readonly sessions: readonly OwnSession[];
  /** Recovery codes that are not used yet. */
  readonly left: number;
  readonly done?: 'password' | 'sessions';
  /** Made just now, and shown this once. */
  readonly codes?: readonly string[];
  readonly errors?: readonly FieldError[];
}

/** What is wrong with a field of this page. */
export function wrongOf({ language }: Pick<Visit, 'language'>, name: string): string {
  return words(language)(`wrong.${name as 'old'}`);
}

export function ownPage(visit: Visit, shown: OwnShown): Promise<Html> {
  const { language, now } = visit;
  const say = words(language);
  const { sessions, left, done, codes, errors = [] } = shown;
  const secret = (name: string, label: string, hint?: string): Part => {
    const error = errors.find((one) => one.field === name)?.message;
    return field({
      kind: 'text',
      type: 'password',
      language,
      name,
      label,
      autocomplete: name === 'fresh' ? 'new-password' : 'current-password',
      ...(hint ? { hint } : {}),
      ...(error ? { error } : {}),
    });
  };
  return frame(visit, {
    title: say('title'),
    active: 'own',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`${done ? notice(say(`done.${done}`)) : null}<section class="card stack"><h2>${say('password')}</h2><form method="post" action="/desk/own/password">${proof(visit)}${secret('old', say('old'))}${secret('fresh', say('fresh'), say('fresh.hint'))}<div class="actions">${button({ text: say('password.send') })}</div></form></section>
<section class="card stack"><h2>${say('codes')}</h2><p class="quiet">${say('codes.text')} ${say('codes.left', { count: left })}</p>${
      codes
        ? html`<div role="status"><p><strong>${say('codes.once')}</strong></p><ul class="plain">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul></div>`
        : null
    }<form method="post" action="/desk/own/recovery-codes">${proof(visit)}${secret('password', say('codes.ask'))}<div class="actions">${button({ text: say('codes.send') })}</div></form></section>
${table<OwnSession>({
  caption: say('sessions'),
  rows: sessions,
  columns: [
    { title: say('began'), cell: (row) => whenText(now, row.createdAt, language) },
    { title: say('seen'), cell: (row) => whenText(now, row.lastSeenAt, language) },
    { title: say('here'), cell: (row) => (row.id === visit.session ? html`<strong>${say('here')}</strong>` : null) },
  ],
})}${sessions.length > 1 ? html`<form method="post" action="/desk/own/end-others">${proof(visit)}${button({ text: say('sessions.end') })}</form>` : null}`,
  });
}
