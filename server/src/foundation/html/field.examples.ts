import { languages, ownNames } from '../i18n/language.ts';
import { field } from './field.ts';
import type { Examples } from './gallery/example.ts';
import { words } from './gallery/words.ts';

const answers = languages.map((language) => ({ value: language, label: ownNames[language] }));

export const fieldExamples: Examples = {
  component: 'field',
  states: [
    {
      state: 'text',
      render: (language) =>
        field({
          language,
          kind: 'text',
          name: 'code',
          label: words(language)('code'),
          hint: words(language)('code.hint'),
          short: true,
          maxlength: 9,
        }),
    },
    {
      state: 'text to put right',
      render: (language) =>
        field({
          language,
          kind: 'text',
          name: 'code-wrong',
          label: words(language)('code'),
          hint: words(language)('code.hint'),
          error: words(language)('code.error'),
          value: 'KM7P-<4>"',
          short: true,
        }),
    },
    {
      state: 'long',
      render: (language) =>
        field({
          language,
          kind: 'long',
          name: 'why',
          label: words(language)('why'),
          hint: words(language)('why.hint'),
          maxlength: 5000,
          rows: 4,
        }),
    },
    {
      state: 'long, optional, kept',
      render: (language) =>
        field({
          language,
          kind: 'long',
          name: 'why-kept',
          label: words(language)('why'),
          optional: true,
          value: words(language)('said'),
          rows: 3,
        }),
    },
    {
      state: 'select',
      render: (language) =>
        field({
          language,
          kind: 'select',
          name: 'language',
          label: words(language)('language'),
          choices: answers,
          empty: words(language)('choose'),
        }),
    },
    {
      state: 'radios',
      render: (language) =>
        field({
          language,
          kind: 'radios',
          name: 'harm',
          label: words(language)('harm'),
          value: 'scam',
          choices: [
            { value: 'scam', label: words(language)('said'), hint: words(language)('why.hint') },
            { value: 'other', label: words(language)('routine') },
          ],
        }),
    },
    {
      state: 'radios to put right',
      render: (language) =>
        field({
          language,
          kind: 'radios',
          name: 'harm-wrong',
          label: words(language)('harm'),
          error: words(language)('harm.error'),
          choices: answers.slice(0, 2),
        }),
    },
  ],
};
