import type { Logger } from 'pino';
import { pino } from 'pino';

/** What writes to the log: sentences and codes for operators. Never what a person wrote, nor who they are. */
export type Log = Logger;

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** Fields that are never written, at the top or one level down, whoever logs them: they hold secrets or personal data. */
const SECRET_FIELDS = [
  ...['authorization', 'cookie', 'password', 'secret', 'token', 'key', 'pin', 'totp', 'url', 'databaseUrl', 'databaseOwnerUrl'],
  ...['body', 'query', 'headers', 'params', 'payload', 'parameters', 'text', 'email', 'phone', 'name', 'ip', 'remoteAddress', 'handle'],
];

/**
 * The logger. JSON lines on standard output, or to `to`. Personal data stays out by construction: requests are written as method and
 * path without query, errors as code and stack without the message's values where PostgreSQL put them, and secret fields not at all.
 */
export function createLog(level: LogLevel, to?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...SECRET_FIELDS, ...SECRET_FIELDS.map((field) => `*.${field}`)], remove: true },
    serializers: { req: requestLine, request: requestLine, res: responseLine, err: errorLine, error: errorLine },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

/** A log that writes nothing, for tests. */
export const silentLog: Log = pino({ level: 'silent' });

function requestLine(request: { method?: string; url?: string; id?: unknown; routeOptions?: { url?: string } }) {
  // the route's pattern names no object; a bare path is the second best, its query string may hold anything
  return { id: request.id, method: request.method, path: request.routeOptions?.url ?? request.url?.split(/[?#]/)[0] };
}

function responseLine(response: { statusCode?: number }) {
  return { status: response.statusCode };
}

/**
 * Name, code and stack. An error of PostgreSQL (it has a `severity`) quotes values of rows in its message and detail: of it only the
 * code and what it names in the schema are kept.
 */
export function errorLine(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const told = error as Error & { code?: unknown; severity?: unknown; schema?: unknown; table?: unknown; constraint?: unknown };
  const place = error.stack?.slice(error.stack.indexOf('\n    at '));
  if (told.severity !== undefined) {
    return { type: error.name, code: told.code, schema: told.schema, table: told.table, constraint: told.constraint, stack: place };
  }
  return { type: error.name, code: told.code, message: error.message, stack: place };
}
