import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { byHandle } from './accounts.ts';
import { openAutomation } from './automation.ts';
import { makeRun, reconcileLater, refused } from './calls.ts';
import type { Configuration } from './configuration.ts';
import { openCounter, Refusal } from './counter.ts';
import { openDatabase } from './database.ts';
import { receiveHooks } from './hooks.ts';
import { openOutbox } from './outbox.ts';
import { openPages } from './pages/pages.ts';
import { connectPerisai } from './perisai.ts';
import { openLending } from './places/lending.ts';
import { makeWeather } from './weather.ts';

/** How Warung is started. `retry` (ms): the first and the longest wait before Perisai is asked again. */
export type WarungOptions = Configuration & {
  retry?: { first: number; cap: number };
  /** How long one call to Perisai may take, ms. */
  patience?: number;
  /** Hears what went wrong and was survived; by default one JSON line a fault on stderr. */
  complain?: (what: string, error: Error) => void;
};

export interface Warung {
  url: string;
  /** Lets the requests and errands under way end, and closes the database. */
  stop(): Promise<void>;
}

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

function grumble(what: string, error: Error): void {
  process.stderr.write(`${JSON.stringify({ level: 'warn', what, error: error.message })}\n`);
}

/** Starts Warung: its tables, its pages, its ear for webhooks, and the loop that sends what it owes Perisai. Throws where it can't. */
export async function startWarung(options: WarungOptions): Promise<Warung> {
  const complain = options.complain ?? grumble;
  const database = await openDatabase(options.databaseUrl, (error) => complain('the database', error));
  const closing = new AbortController();
  const app = fastify({
    bodyLimit: 200_000,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  });
  let listening = '';
  const publicUrl = (): string => options.publicUrl?.replace(/\/$/, '') ?? listening;
  const perisai = connectPerisai(options.perisaiUrl, options.perisaiKey, options.patience ?? 5_000);
  const lending = openLending(options.perisaiKey, publicUrl);
  const weather = makeWeather();
  const run = makeRun({ database, perisai, weather, publicUrl, lending });
  const outbox = openOutbox(database, run, refused, { ...(options.retry ?? { first: 250, cap: 15_000 }), complain });
  const counter = openCounter({ database, outbox, perisai, publicUrl, lending, person: (handle) => byHandle(database, handle) });

  await app.register(cookie);
  await app.register(formbody);
  app.addHook('onSend', async (_request, reply) => void reply.headers(headers));
  const css = await readFile(new URL('./warung.css', import.meta.url), 'utf8');
  app.get('/warung.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(css));
  app.get('/healthz', async () => ({ ok: true }));
  receiveHooks(app, { database, outbox, weather, secrets: options.webhookSecrets, closing: closing.signal });
  openPages(app, { database, perisai, counter, publicUrl, lending }, complain);
  if (options.automation) openApi(app, { database, outbox, perisai, weather, counter }, complain);

  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await database.end();
    throw error;
  }
  listening = `http://${options.host}:${(app.server.address() as AddressInfo).port}`;
  await reconcileLater(database);
  outbox.nudge();
  return {
    url: publicUrl(),
    async stop() {
      closing.abort();
      await app.close();
      await outbox.stop();
      await database.end();
    },
  };
}

/** `/api`, with its errors as JSON instead of pages. */
function openApi(app: FastifyInstance, house: Parameters<typeof openAutomation>[1], complain: (what: string, error: Error) => void): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
      if (error instanceof Refusal) return reply.code(error.status).send({ code: error.code });
      const status = error.statusCode ?? 500;
      if (status >= 500) complain(`${request.method} ${request.url}`, error);
      return reply
        .code(status)
        .send({ code: status >= 500 ? 'broken' : 'not-understood', detail: status >= 500 ? undefined : error.message });
    });
    openAutomation(scope, house);
  });
}
