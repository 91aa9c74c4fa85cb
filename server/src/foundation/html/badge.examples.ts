import { badge } from './badge.ts';
import type { Examples } from './gallery/example.ts';
import { words } from './gallery/words.ts';

export const badgeExamples: Examples = {
  component: 'badge',
  states: [
    { state: 'critical', render: (language) => badge({ level: 'critical', word: words(language)('late') }) },
    { state: 'high', render: (language) => badge({ level: 'high', word: words(language)('due') }) },
    { state: 'medium', render: (language) => badge({ level: 'medium', word: words(language)('waiting') }) },
    { state: 'low', render: (language) => badge({ level: 'low', word: words(language)('routine') }) },
    { state: 'good', render: (language) => badge({ level: 'good', word: words(language)('kept') }) },
  ],
};
