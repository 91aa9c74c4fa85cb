import { errorSummary } from './error-summary.ts';
import type { Examples } from './gallery/example.ts';
import { words } from './gallery/words.ts';
import { html } from './html.ts';

export const errorSummaryExamples: Examples = {
  component: 'error summary',
  states: [
    {
      state: 'two things to put right',
      render: (language) =>
        html`${errorSummary({
          language,
          errors: [{ field: 'code-wrong', message: words(language)('code.error') }, { message: words(language)('harm.error') }],
        })}`,
    },
    { state: 'nothing', render: (language) => html`${errorSummary({ language, errors: [] })}` },
  ],
};
