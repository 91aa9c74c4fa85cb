import { button } from '../foundation/html/button.ts';
import { field } from '../foundation/html/field.ts';
import type { Html } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { staffPage } from '../foundation/html/page.ts';
import type { StaffLanguage } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { timeLeftText } from '../foundation/i18n/time.ts';
import { proof } from './frame.ts';

const words = staffTexts({
  ms: {
    title: 'Log masuk',
    login: 'Nama log masuk',
    password: 'Kata laluan',
    code: 'Kod daripada aplikasi pengesah',
    'code.hint': 'Enam angka, atau satu kod pemulihan. Setiap kod boleh digunakan sekali sahaja.',
    send: 'Log masuk',
    failed: 'Nama, kata laluan dan kod tidak sepadan, atau kod itu sudah digunakan. Tunggu kod baharu dan cuba lagi.',
    locked: 'Terlalu banyak cubaan. Log masuk ini dibuka semula {when}.',
  },
  en: {
    title: 'Log in',
    login: 'Log-in name',
    password: 'Password',
    code: 'Code from your authenticator app',
    'code.hint': 'Six digits, or a recovery code. Each code works once.',
    send: 'Log in',
    failed: 'Name, password and code do not match, or the code was used before. Wait for the next code and try again.',
    locked: 'Too many tries. This log-in opens again {when}.',
  },
});

interface LogInPage {
  readonly language: StaffLanguage;
  readonly path: string;
  readonly token: string;
  readonly login?: string;
  /** The last try was not taken; `until`: no try is looked at before then. */
  readonly refused?: { readonly at: Date; readonly until: Date | null };
}

/** Password and code at once. What was wrong is never said: one sentence for every reason. */
export function logInPage({ language, path, token, login, refused }: LogInPage): Html {
  const say = words(language);
  const message = refused?.until
    ? say('locked', { when: timeLeftText(refused.at, refused.until, language) })
    : refused
      ? say('failed')
      : undefined;
  return staffPage({
    language,
    path,
    title: say('title'),
    active: null,
    rail: [],
    person: null,
    ...(message ? { errors: [{ field: 'login', message }] } : {}),
    body: html`<form method="post">${proof({ token })}${field({
      language,
      kind: 'text',
      name: 'login',
      label: say('login'),
      autocomplete: 'username',
      maxlength: 200,
      ...(login ? { value: login } : {}),
    })}${field({ language, kind: 'text', type: 'password', name: 'password', label: say('password'), autocomplete: 'current-password' })}${field(
      {
        language,
        kind: 'text',
        name: 'code',
        label: say('code'),
        hint: say('code.hint'),
        autocomplete: 'one-time-code',
        short: true,
        maxlength: 20,
      },
    )}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form>`,
  });
}
