import type { Examples } from './gallery/example.ts';
import { later } from './gallery/example.ts';
import { words } from './gallery/words.ts';
import { timeline } from './timeline.ts';

export const timelineExamples: Examples = {
  component: 'timeline',
  states: [
    {
      state: 'for staff, with seals',
      render: (language) =>
        timeline({
          language,
          moments: [
            { what: words(language)('received'), at: later(-90), who: null, sealed: true },
            { what: words(language)('hidden'), at: later(-89), who: null, sealed: true, detail: words(language)('kept') },
            { what: words(language)('decided'), at: later(0), who: 'Aisyah', sealed: false },
          ],
        }),
    },
    {
      state: 'for the public',
      render: (language) =>
        timeline({
          language,
          moments: [
            { what: words(language)('received'), at: later(-90) },
            { what: words(language)('hidden'), at: later(-89) },
          ],
        }),
    },
  ],
};
