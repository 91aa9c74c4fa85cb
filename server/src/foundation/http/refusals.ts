import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../html/html.ts';
import type { Language } from '../i18n/language.ts';
import { htmlTags } from '../i18n/language.ts';
import { negotiate } from '../i18n/negotiate.ts';
import type { ProblemCode, ProblemDocument } from './problems.ts';
import { Problem, problemDocument, problems } from './problems.ts';

/** Draws a refusal for people. */
export type ErrorPage = (refusal: ProblemDocument, language: Language) => string;

/** For a server without a design of its own: title, what to do, and the number to quote. */
export const plainErrorPage: ErrorPage = ({ code, title, requestId }, language) =>
  html`<!doctype html><html lang="${htmlTags[language]}"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1><p>${problems[code].remedy}</p><p><code>${requestId}</code></p></main></html>`.toString();

/** Every refusal leaves by this door: a problem for programs, a page for people. What nobody foresaw is logged and told as `internal`. */
export function answerRefusals(app: FastifyInstance, errorPage: ErrorPage, publicUrl: string): void {
  const methods = new Map<string, { readonly pattern: RegExp; readonly known: Set<string> }>();
  app.addHook('onRoute', (route) => {
    const entry = methods.get(route.url) ?? { pattern: patternOf(route.url), known: new Set<string>() };
    for (const method of [route.method].flat()) entry.known.add(method);
    methods.set(route.url, entry);
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = asProblem(error, request.routeOptions.bodyLimit);
    if (refusal.code === 'internal') request.log.error({ err: error }, 'a request failed unforeseen');
    return answer(refusal, request, reply);
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const allowed = [...methods.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ known }) => [...known]);
    if (allowed.length === 0) return answer(new Problem('not-found'), request, reply);
    reply.header('allow', [...new Set(allowed)].sort().join(', '));
    return answer(new Problem('method-unknown'), request, reply);
  });

  function answer(refusal: Problem, request: FastifyRequest, reply: FastifyReply) {
    const document = problemDocument(refusal, request.id, publicUrl);
    reply.code(document.status);
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(refusal.retryAfter));
    if (!forPeople(request))
      return reply.header('content-type', 'application/problem+json; charset=utf-8').serializer(JSON.stringify).send(document);
    const query = (request.query as { lang?: unknown } | undefined)?.lang;
    const language = negotiate({
      query: typeof query === 'string' ? query : undefined,
      acceptLanguage: request.headers['accept-language'],
    });
    reply.header('vary', 'accept-language');
    return reply.header('content-type', 'text/html; charset=utf-8').serializer(String).send(errorPage(document, language));
  }
}

/** Pages answer pages; an address nobody knows answers as it is asked. */
function forPeople(request: FastifyRequest): boolean {
  const { config, url } = request.routeOptions;
  if (url !== undefined) return config.page === true;
  return !request.url.startsWith('/v1/') && (request.headers.accept?.includes('text/html') ?? false);
}

/** What Fastify itself refuses, in our words; its own messages may quote the request. */
const byFastify: Readonly<Record<string, readonly [ProblemCode, string?]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported'],
  FST_ERR_CTP_EMPTY_TYPE: ['media-type-unsupported'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad-request', 'Content-Length is not the length of the body.'],
  FST_ERR_BAD_URL: ['bad-request', 'The address can not be decoded.'],
  FST_ERR_MAX_PARAM_LENGTH: ['bad-request', 'A part of the address is too long.'],
};

/** PostgreSQL is stopping, full or disentangling two transactions (a class 08 is a broken connection): trying again is right. */
const passing = /^(08...|40001|40P01|53...|55P03|57P0[1-3]|57014|25P0[34]|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/;
const passingMessages = [
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  // what the roll-back of a transaction says whose connection just broke: it hides the first error
  'Client has encountered a connection error and is not queryable',
];

/** Any error as one of the table's. @param bodyLimit in bytes, of the route */
export function asProblem(error: unknown, bodyLimit?: number): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return new Problem('internal');
  const { code, statusCode, severity } = error as Error & { code?: unknown; statusCode?: unknown; severity?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem('body-too-large', `At most ${bodyLimit} bytes are accepted here.`, { cause: error });
  const known = byFastify[String(code)];
  if (known !== undefined) return new Problem(known[0], known[1], { cause: error });
  const { syscall } = error as { syscall?: unknown };
  // a file of ours that is missing is ENOENT too, but nobody connected to it
  const fromDatabase = severity !== undefined || ['connect', 'read', 'write'].includes(String(syscall));
  if ((fromDatabase && passing.test(String(code))) || passingMessages.includes(error.message))
    return new Problem('unavailable', undefined, { cause: error });
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new Problem('bad-request', undefined, { cause: error });
  return new Problem('internal', undefined, { cause: error });
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
