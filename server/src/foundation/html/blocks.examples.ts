import { translate } from '../i18n/shared.ts';
import { timeLeftText } from '../i18n/time.ts';
import { badge } from './badge.ts';
import { definitionList, emptyState, said, threeColumns, whatNext } from './blocks.ts';
import { button } from './button.ts';
import type { Examples } from './gallery/example.ts';
import { later, now } from './gallery/example.ts';
import { words } from './gallery/words.ts';
import { html } from './html.ts';
import { timeLeft } from './times.ts';

export const blocksExamples: Examples = {
  component: 'blocks',
  states: [
    {
      state: 'empty',
      render: (language) =>
        emptyState({
          title: words(language)('empty.title'),
          text: words(language)('empty.text'),
          action: button({ text: translate(language)('back'), href: '/desk' }),
        }),
    },
    {
      state: 'empty without an action',
      render: (language) => emptyState({ title: words(language)('empty.title'), text: words(language)('empty.text') }),
    },
    { state: 'said', render: (language) => said(words(language)('said'), language) },
    {
      state: 'definition list',
      render: (language) =>
        definitionList([
          [words(language)('where'), words(language)('feed')],
          [words(language)('state'), badge({ level: 'medium', word: words(language)('waiting') })],
          null,
          [words(language)('time'), timeLeft(now, later(134), language)],
        ]),
    },
    {
      state: 'what next',
      render: (language) =>
        whatNext({
          title: translate(language)('next.title'),
          steps: [words(language)('next.one'), words(language)('next.two', { when: timeLeftText(now, later(134), language) })],
        }),
    },
    {
      state: 'three columns',
      render: (language) =>
        threeColumns([
          { title: words(language)('column1'), body: said(words(language)('said'), language) },
          { title: words(language)('column2'), body: html`<p>${words(language)('next.one')}</p>` },
          { title: words(language)('column3'), body: html`<p>${words(language)('received')}</p>` },
        ]),
    },
  ],
};
