import { html, type Part } from '../../foundation/html/html.ts';
import { htmlTags, type Language, ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { BundleMember } from '../../views/similar.ts';
import type { Visit } from '../frame.ts';

const words = staffTexts({
  ms: {
    author: 'Penulis membaca',
    reporter: 'Pelapor membaca',
    asker: 'Orang yang bertanya membaca',
    appellant: 'Perayu membaca',
    typed: 'Sebab anda sampai kepada mereka seperti yang anda taip.',
  },
  en: {
    author: 'Author reads',
    reporter: 'Reporters read',
    asker: 'Who asks reads',
    appellant: 'Appellant reads',
    typed: 'Your reason reaches them as you type it.',
  },
});

export type Reader = 'author' | 'reporter' | 'asker' | 'appellant';

/** Who is told of a case: its author, and everybody who reported it or what was merged into it. */
export function readersOf({ of, authorLanguage, reports }: Pick<CaseRead, 'of' | 'authorLanguage' | 'reports'>): [Reader, Language][] {
  return [['author', authorLanguage ?? of.language], ...reports.map((report): [Reader, Language] => ['reporter', report.language])];
}

/** Who is told of what was gathered. */
export function readersOfAll(members: readonly Pick<BundleMember, 'authorLanguage' | 'reporterLanguages'>[]): [Reader, Language][] {
  return [
    ...members.map(({ authorLanguage }): [Reader, Language] => ['author', authorLanguage]),
    ...members.flatMap(({ reporterLanguages }) => reporterLanguages.map((tongue): [Reader, Language] => ['reporter', tongue])),
  ];
}

/** Which languages those read whom a reason goes to: nobody translates it. */
export function readers({ language }: Visit, all: readonly (readonly [Reader, Language])[]): Part {
  const say = words(language);
  const who = [...new Set(all.map(([reader]) => reader))];
  const read = who.map((reader) => {
    const spoken = [...new Set(all.filter(([one]) => one === reader).map(([, tongue]) => tongue))].sort();
    return html`${say(reader)}: ${spoken.map((tongue, n) => html`${n === 0 ? '' : ', '}<span lang="${htmlTags[tongue]}">${ownNames[tongue]}</span>`)}`;
  });
  return html`<p class="quiet">${read.map((one, n) => html`${n === 0 ? '' : '; '}${one}`)}. ${say('typed')}</p>`;
}
