import { type Static, Type } from 'typebox';
import type { App } from '../foundation/http/server.ts';
import { languages } from '../foundation/i18n/language.ts';
import { allReasons, type Reason } from '../policy/questions.ts';

function shown({ id, harm, clause, severity, unconfirmed, name, question }: Reason) {
  return { id, harm, clause, severity, unconfirmed, name, question };
}

const words = Type.Object(Object.fromEntries(languages.map((language) => [language, Type.String()])));
const answer = Type.Object(
  {
    reasons: Type.Array(
      Type.Object({
        id: Type.String(),
        harm: Type.String(),
        clause: Type.String(),
        severity: Type.String(),
        unconfirmed: Type.Union([Type.String(), Type.Null()], {
          description: 'What the law’s text leaves open of it, in English: for whoever builds the form, not for who reports',
        }),
        name: words,
        question: words,
      }),
    ),
  },
  {
    examples: [
      {
        reasons: allReasons.filter(({ id }) => id === 'scam.impersonation').map(shown),
      },
    ],
  },
);

/** `GET /v1/reasons`: what a service's own report form offers, in four languages, the most urgent first within a harm. */
export function reasonViews(app: App): void {
  app.get(
    '/v1/reasons',
    {
      config: { scope: 'report' },
      schema: { tags: ['reports'], summary: 'Why something can be reported', response: { 200: answer } },
    },
    async (): Promise<Static<typeof answer>> => ({
      reasons: allReasons.map(shown),
    }),
  );
}
