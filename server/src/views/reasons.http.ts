import { type Static, Type } from 'typebox';
import type { App } from '../foundation/http/server.ts';
import { languages } from '../foundation/i18n/language.ts';
import { allReasons } from '../policy/questions.ts';

const words = Type.Object(Object.fromEntries(languages.map((language) => [language, Type.String()])));
const answer = Type.Object(
  {
    reasons: Type.Array(
      Type.Object({ id: Type.String(), harm: Type.String(), clause: Type.String(), severity: Type.String(), name: words, question: words }),
    ),
  },
  {
    examples: [
      {
        reasons: allReasons
          .filter(({ id }) => id === 'scam.phishing')
          .map(({ id, harm, clause, severity, name, question }) => ({ id, harm, clause, severity, name, question })),
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
      reasons: allReasons.map(({ id, harm, clause, severity, name, question }) => ({ id, harm, clause, severity, name, question })),
    }),
  );
}
