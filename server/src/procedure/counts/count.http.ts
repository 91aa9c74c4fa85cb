import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { countUsers } from './count.ts';

const people = (description: string) => Type.Integer({ minimum: 0, maximum: 10_000_000_000, description });
const example = {
  surface: 'public-feed',
  day: '2026-11-23',
  peak: 410_000,
  daily: 2_400_000,
  monthly: 7_300_000,
  method: 'Signed-in accounts with an address in Malaysia, once a person.',
};
const body = closed(
  {
    surface: Type.String({ minLength: 1, maxLength: 40 }),
    day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'In Kuala Lumpur' }),
    peak: people('Most at the same moment'),
    daily: people('Different people on that day'),
    monthly: people('Different people in the thirty days that end with it'),
    method: Type.String({ minLength: 3, maxLength: 200, description: 'How they are counted, in words' }),
  },
  { examples: [example] },
);
const answer = Type.Object({ surface: Type.String(), day: Type.String() }, { examples: [{ surface: 'public-feed', day: '2026-11-23' }] });

/** `POST /v1/counts`: how many people use a surface, a day at a time. Said again, a day has its new figures, so that no key is needed. */
export function countRoutes(app: App, house: House): void {
  app.post(
    '/v1/counts',
    {
      config: { scope: 'report', problems: ['surface-unknown', 'time-in-future', 'log-refuses'] },
      schema: { tags: ['counts'], summary: 'Say how many people use a surface', body, response: { 200: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0]) => {
      const input = request.body as Static<typeof body>;
      await countUsers(house, tx, callerOf(request).slug, input);
      return { surface: input.surface, day: input.day };
    }),
  );
}
