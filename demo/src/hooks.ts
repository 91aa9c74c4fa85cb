import type { FastifyInstance } from 'fastify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { apply } from './actions.ts';
import type { Database, Sql } from './database.ts';
import { keepNotice } from './inbox.ts';
import type { Outbox } from './outbox.ts';
import type { Action } from './perisai.ts';
import type { Weather } from './weather.ts';

interface Hook {
  type: string;
  timestamp: string;
  data: unknown;
}

/** How late `slow` is, ms: later than a sender with little patience waits. */
const slowness = 3_000;

/** The body if one of the secrets signed it within the last five minutes; null otherwise. */
function verified(secrets: readonly string[], raw: string, headers: Record<string, string | string[] | undefined>): Hook | null {
  const flat = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : (value ?? '')]),
  );
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(raw, flat) as Hook;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError) && !(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

/** Puts a webhook's effect, and the fact that it was heard, into the open transaction. */
async function hear(sql: Sql, id: string, hook: Hook, weather: Weather): Promise<void> {
  const first = await sql.query('insert into warung.heard (webhook_id, type) values ($1, $2) on conflict do nothing', [id, hook.type]);
  // A repeated action changes nothing (its target_seq has been applied), but is acknowledged again: the first time may have been lost.
  if (hook.type === 'action.requested') await apply(sql, hook.data as Action, weather);
  else if (first.rowCount === 1) await keepNotice(sql, hook.type, hook.data);
}

/**
 * `POST /hooks/perisai`: 204 when the webhook's effect, and the acknowledgement that is owed for it, are committed · 401 when no secret
 * signed it, and nothing changes · 503 when Warung can't take it now; Perisai sends it again.
 */
export function receiveHooks(
  app: FastifyInstance,
  options: { database: Database; outbox: Outbox; weather: Weather; secrets: readonly string[]; closing: AbortSignal },
): void {
  app.register(async (scope) => {
    // The signature is over the bytes as they came: no parser may touch them before.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1_000_000 }, (_request, body, done) => done(null, body));
    scope.post('/hooks/perisai', async (request, reply) => {
      if (options.weather.mode() === 'down') return reply.code(503).header('retry-after', '1').send();
      const hook = verified(options.secrets, String(request.body ?? ''), request.headers);
      if (hook === null) return reply.code(401).send();
      if (options.weather.mode() === 'slow') await rainedOn(options.closing);
      await options.database.transaction((sql) => hear(sql, String(request.headers['webhook-id']), hook, options.weather));
      options.outbox.nudge();
      return reply.code(204).send();
    });
  });
}

function rainedOn(closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, slowness);
    closing.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
