import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

/** Whether one thing that requests need is there: null, or one sentence that says what is wrong (it is public). */
export type HealthCheck = () => Promise<string | null>;

const patience = 2000;

/**
 * `/healthz`: the process answers; restart it when it doesn't. `/readyz`: it can serve (database, log gate, migrations); send no traffic
 * while it can't. A check that takes more than 2 s has failed.
 */
export function healthRoutes(app: FastifyInstance, checks: Readonly<Record<string, HealthCheck>>): void {
  const answer = Type.Object({ status: Type.String(), checks: Type.Optional(Type.Record(Type.String(), Type.String())) });
  app.get(
    '/healthz',
    { config: { always: true, open: true }, schema: { tags: ['operation'], summary: 'The process is alive', response: { 200: answer } } },
    async () => ({ status: 'alive' }),
  );
  app.get(
    '/readyz',
    {
      config: { always: true, open: true },
      schema: { tags: ['operation'], summary: 'Requests can be served', response: { 200: answer, 503: answer } },
    },
    async (request, reply) => {
      const found = await Promise.all(
        Object.entries(checks).map(
          async ([name, check]) =>
            [name, await outcome(check, (err) => request.log.error({ err, check: name }, 'a health check failed'))] as const,
        ),
      );
      const ready = found.every(([, wrong]) => wrong === null);
      if (!ready) reply.code(503);
      return { status: ready ? 'ready' : 'not ready', checks: Object.fromEntries(found.map(([name, wrong]) => [name, wrong ?? 'ok'])) };
    },
  );
}

async function outcome(check: HealthCheck, failed: (error: unknown) => void): Promise<string | null> {
  const over = new AbortController();
  try {
    const late = wait(patience, 'takes too long', { signal: over.signal, ref: false });
    late.catch(() => undefined);
    return await Promise.race([check(), late]);
  } catch (error) {
    failed(error);
    return 'failed; the log says why';
  } finally {
    over.abort();
  }
}
