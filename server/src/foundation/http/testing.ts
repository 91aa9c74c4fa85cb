import { systemClock } from '../clock.ts';
import { createIds } from '../ids.ts';
import { createLog } from '../log.ts';
import { systemRandomness } from '../randomness.ts';
import { type Caller, scopes } from './keys.ts';
import type { ProblemDocument } from './problems.ts';
import { type App, createServer, type ServerOptions } from './server.ts';

/** The one key that a server for tests knows unless a test gives its own `resolveKey`: all scopes of the service `warung`. */
const testToken = 'psk_test';
const testCaller: Caller = { slug: 'warung', keyId: 'test', scopes, heldBy: null };

export interface TestDoor extends AsyncDisposable {
  readonly app: App;
  /** Without a slash at the end. */
  readonly url: string;
  /** What was logged, line by line. */
  readonly lines: string[];
  /** With `testToken`, and the body as JSON unless it is a string or bytes already. */
  ask(path: string, request?: { method?: string; body?: unknown; headers?: Record<string, string> }): Promise<Response>;
}

/** A server as in production, with a test's own routes, on a free port of 127.0.0.1. */
export async function openDoor(routes: (app: App) => void, options: Partial<ServerOptions> = {}): Promise<TestDoor> {
  const lines: string[] = [];
  const app = await createServer({
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0',
    log: createLog('info', { write: (line) => void lines.push(line) }),
    ids: createIds(systemClock, systemRandomness),
    db: { waiting: () => 0 },
    resolveKey: async (token) => (token === testToken ? testCaller : null),
    checks: {},
    ...options,
  });
  routes(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ app, url, lines },
    ask(path, { method, body, headers } = {}) {
      const plain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
      return fetch(url + path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          authorization: `Bearer ${testToken}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: (plain ? body : JSON.stringify(body)) as string }),
        redirect: 'manual',
      });
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
    },
  };
}

/** The problem that a response is; fails the test when it is none. */
export async function problemOf(response: Response): Promise<ProblemDocument> {
  const type = response.headers.get('content-type');
  if (!type?.startsWith('application/problem+json')) throw new Error(`${response.status} ${type} is no problem: ${await response.text()}`);
  return (await response.json()) as ProblemDocument;
}
