import { button } from './button.ts';
import type { Examples } from './gallery/example.ts';
import { words } from './gallery/words.ts';

export const buttonExamples: Examples = {
  component: 'button',
  states: [
    { state: 'primary', render: (language) => button({ kind: 'primary', text: words(language)('send') }) },
    { state: 'plain link', render: (language) => button({ text: words(language)('cancel'), href: '/desk' }) },
    {
      state: 'critical with its key',
      render: (language) => button({ kind: 'critical', text: words(language)('remove'), key: 'R', name: 'do', value: 'remove' }),
    },
    { state: 'disabled', render: (language) => button({ text: words(language)('done'), disabled: true }) },
  ],
};
