import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { identify } from './identify.ts';

const params = Type.Object({ account: Type.String({ minLength: 1, maxLength: 200, description: 'The platform’s own id of the account' }) });
const body = closed(
  {
    identifiers: Type.Array(
      closed({
        kind: oneOf([...subjects.identifierKinds]),
        hash: Type.String({
          pattern: '^[0-9a-f]{64}$',
          description: 'SHA-256 or HMAC-SHA-256, hex, the same for the same for ever; never the thing itself',
        }),
      }),
      { minItems: 1, maxItems: 20 },
    ),
  },
  { examples: [{ identifiers: [{ kind: 'device', hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }] }] },
);
const answer = Type.Object({ account: Type.String(), kept: Type.Integer() }, { examples: [{ account: 'account-17', kept: 1 }] });

/** `POST /v1/accounts/{account}/identifiers`: by what the platform knows an account, as hashes. */
export function identifierRoutes(app: App, house: House): void {
  app.post(
    '/v1/accounts/:account/identifiers',
    {
      config: { scope: 'report', idempotent: 'optional', problems: ['log-refuses'] },
      schema: { tags: ['accounts'], summary: 'Say by what an account is known, as hashes', params, body, response: { 200: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], _reply: object) => {
      const { account } = request.params as Static<typeof params>;
      const { identifiers } = request.body as Static<typeof body>;
      return { account, kept: await identify(house, tx, callerOf(request).slug, account, identifiers) };
    }),
  );
}
