import type { Html, Part } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { shape } from '../../foundation/html/marks.ts';
import type { StaffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { allReasons, type Clause, type Policy } from '../../policy/index.ts';

const words = staffTexts({
  ms: {
    which: 'Fasal mana yang dilanggar?',
    'which.hint': 'Garis panduan versi {version}. Orang yang terlibat membaca fasal ini dalam notis.',
    others: 'Fasal lain',
    law: 'Undang-undang: {law}',
    unconfirmed: 'Belum disahkan',
  },
  en: {
    which: 'Which clause is broken?',
    'which.hint': 'Guidelines, version {version}. The person concerned reads this clause in the notice.',
    others: 'Other clauses',
    law: 'Law: {law}',
    unconfirmed: 'Unconfirmed',
  },
});

/** The clauses of these harms first, then all the others. */
export function sorted(
  { clauses }: Policy,
  harms: readonly string[],
): { readonly near: readonly Clause[]; readonly far: readonly Clause[] } {
  return { near: clauses.filter(({ harm }) => harms.includes(harm)), far: clauses.filter(({ harm }) => !harms.includes(harm)) };
}

interface Question {
  readonly language: StaffLanguage;
  /** In force on the day of what is judged. */
  readonly guidelines: Policy;
  /** Of the case and its reports. */
  readonly harms: readonly string[];
  readonly chosen: string | undefined;
  readonly error: string | undefined;
}

/** The clauses to choose from, where they are read: rule and law stand with each. */
export function clauseChoice({ language, guidelines, harms, chosen, error }: Question): Html {
  const say = words(language);
  const { near, far } = sorted(guidelines, harms);
  const open = far.some(({ id }) => id === chosen);
  const described = error === undefined ? 'clause-hint' : 'clause-hint clause-error';
  return html`<fieldset class="${error === undefined ? 'field' : 'field field-wrong'}" aria-describedby="${described}"><legend class="field-label">${say('which')}</legend><span class="field-hint" id="clause-hint">${say('which.hint', { version: guidelines.version })}</span>${
    error === undefined ? null : html`<span class="field-error" id="clause-error">${shape('critical')}<span>${error}</span></span>`
  }<div class="choices clauses">${near.map((clause, place) => choice(clause, place, { language, chosen }))}</div><details ${attributes({ open })}><summary>${say('others')}</summary><div class="choices clauses">${far.map(
    (clause, place) => choice(clause, near.length + place, { language, chosen }),
  )}</div></details></fieldset>`;
}

function choice(clause: Clause, place: number, { language, chosen }: Pick<Question, 'language' | 'chosen'>): Html {
  const id = place === 0 ? 'clause' : `clause-${place + 1}`;
  const input = attributes({
    type: 'radio',
    id,
    name: 'clause',
    value: clause.id,
    checked: clause.id === chosen,
    'aria-describedby': `${id}-rule`,
  });
  return html`<label class="choice"><input ${input}><span>${clause.number} ${clause.title[language]}</span><span class="choice-hint" id="${id}-rule">${rule(clause, language)}</span></label>`;
}

/** The clauses of these harms, to be read; the one that somebody had in mind lies open. */
export function clauseList({ language, guidelines, harms, chosen }: Omit<Question, 'error'>): Part {
  return sorted(guidelines, harms).near.map(
    (clause, place) =>
      html`<details class="clause" ${attributes({ open: chosen === undefined ? place === 0 : clause.id === chosen })}><summary>${clause.number} ${clause.title[language]}</summary><p>${rule(clause, language)}</p></details>`,
  );
}

function rule(clause: Clause, language: StaffLanguage): Part {
  const say = words(language);
  return html`${clause.rule[language]} <span class="law">${say('law', { law: clause.law[language] })}</span>${unconfirmedOf(clause.id).map(
    (open) => html` <span class="law">${say('unconfirmed')}: <span lang="en">${open}</span></span>`,
  )}`;
}

/** What the law's text leaves open of the reasons that lead to this clause, each sentence once. */
function unconfirmedOf(clause: string): readonly string[] {
  return [...new Set(allReasons.flatMap((reason) => (reason.clause === clause && reason.unconfirmed !== null ? reason.unconfirmed : [])))];
}
