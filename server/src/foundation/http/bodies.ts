import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';
import { pointerPart } from './validation.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
// Every string with U+0000 or half a surrogate pair must be written with one of these escapes: the bytes themselves are refused as UTF-8 or JSON.
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;
// Names that could reach a prototype, or an escape of a letter or underscore that may spell one.
const poisonous = /__proto__|constructor|\\u00(?:5[fF]|[67])/;

/**
 * Bodies are JSON, or on pages forms; anything else is 415. JSON must be UTF-8, and text must be text: U+0000 and halves of surrogate
 * pairs are refused by place, because PostgreSQL and RFC 8785 keep neither.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, parseJson(bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('preParsing', async (request) => {
    const form = request.headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
    const bodiless = request.method === 'GET' || request.method === 'HEAD';
    if (form && !bodiless && !request.routeOptions.config.page)
      throw new Problem('media-type-unsupported', 'This address takes application/json, not a form.');
  });
  app.addHook('preValidation', async (request) => {
    onlyText(request.params, 'path');
    onlyText(request.query, 'query');
    if (isForm(request)) onlyText(request.body, undefined);
  });
}

function isForm(request: FastifyRequest): boolean {
  return request.routeOptions.config.page === true && request.body !== undefined;
}

/** @throws Problem `body-malformed`, `field-wrong` or `field-unknown` */
function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (cause) {
    throw new Problem('body-malformed', 'The body is not UTF-8.', { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // the parser's own message quotes the body
    throw new Problem('body-malformed', 'The body is not a JSON value.', { cause });
  }
  if (poisonous.test(text)) onlyPlainNames(value);
  if (suspicious.test(text)) onlyText(value, undefined);
  return value;
}

/** `__proto__` and `constructor.prototype` are refused before any code can copy them onto an object. */
function onlyPlainNames(value: unknown): void {
  walk(value, (at, name, held) => {
    const poison =
      name === '__proto__' || (name === 'constructor' && typeof held === 'object' && held !== null && Object.hasOwn(held, 'prototype'));
    if (!poison) return;
    throw new Problem('field-unknown', `${at()}: This field is not known here.`, {
      errors: [{ pointer: at(), code: 'field-unknown', detail: 'This field is not known here.' }],
    });
  });
}

function onlyText(value: unknown, part: 'query' | 'path' | undefined): void {
  const detail = 'Holds a character that is not text: U+0000 or half of a surrogate pair.';
  walk(value, (at, name, held) => {
    if (isText(name) && (typeof held !== 'string' || isText(held))) return;
    const code = part === undefined ? 'field-wrong' : 'bad-request';
    throw new Problem(code, `${at()}: ${detail}`, {
      errors: [{ pointer: at(), ...(part === undefined ? {} : { in: part }), code, detail }],
    });
  });
}

function isText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A place on the way down; the pointer is only written when somebody asks. */
interface Step {
  readonly above: Step | undefined;
  readonly name: string;
  readonly value: unknown;
}

/** Visits every value without recursion: a body may be as deep as it is long. */
function walk(root: unknown, visit: (at: () => string, name: string, value: unknown) => void): void {
  const open: Step[] = [{ above: undefined, name: '', value: root }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const here = step;
    visit(() => pointer(here), here.name, here.value);
    if (typeof here.value !== 'object' || here.value === null) continue;
    for (const [name, value] of Object.entries(here.value)) open.push({ above: here, name, value });
  }
}

/** Of places deeper than 32 the last 32 steps. */
function pointer(step: Step): string {
  const names: string[] = [];
  for (let at: Step | undefined = step; at?.above !== undefined && names.length < 32; at = at.above) names.unshift(pointerPart(at.name));
  return names.map((name) => `/${name}`).join('');
}
