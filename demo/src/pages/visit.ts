import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts.ts';
import { byHandle } from '../accounts.ts';
import type { Counter } from '../counter.ts';
import { Refusal } from '../counter.ts';
import type { Database } from '../database.ts';
import { unread } from '../inbox.ts';
import type { Language, Perisai } from '../perisai.ts';
import { languages } from '../perisai.ts';
import type { Words } from '../words/shape.ts';
import { words } from '../words/words.ts';

/** What the pages need of Warung. */
export interface House {
  database: Database;
  perisai: Perisai;
  counter: Counter;
  publicUrl: () => string;
}

/** Who looks at a page, and in which language. */
export interface Visit {
  account: Account | null;
  language: Language;
  words: Words;
  unread: number;
  path: string;
}

/** Fields of a form, as they came: every one a string. */
export type Form = Record<string, string>;

/** The cookies: whom a person chose to be (no secret: anybody may choose anybody in this demo), and a guest's language. */
export const cookies = { account: 'warung_account', language: 'warung_language' } as const;
export const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 30 * 24 * 3600 } as const;

const known = (value: unknown): Language | null => languages.find((language) => language === value) ?? null;

/** `?lang=` → the account's language → a guest's choice → the browser's → Malay. */
function languageOf(request: FastifyRequest, account: Account | null): Language {
  const asked = known((request.query as Record<string, unknown>)['lang']);
  const browser = (request.headers['accept-language'] ?? '').split(',').map((part) => known(part.trim().slice(0, 2).toLowerCase()));
  return asked ?? account?.language ?? known(request.cookies[cookies.language]) ?? browser.find((each) => each !== null) ?? 'ms';
}

/** The visit that this request is. */
export async function visitOf(house: House, request: FastifyRequest): Promise<Visit> {
  const handle = request.cookies[cookies.account];
  const account = handle === undefined ? null : await byHandle(house.database, handle);
  const language = languageOf(request, account);
  const news = account === null ? 0 : await unread(house.database, account.id);
  return { account, language, words: words[language], unread: news, path: request.url };
}

/** A visit by somebody who has chosen an account; Refusal `log-in` otherwise. */
export async function personOf(house: House, request: FastifyRequest): Promise<Visit & { account: Account }> {
  const visit = await visitOf(house, request);
  if (visit.account === null) throw new Refusal(401, 'log-in');
  return { ...visit, account: visit.account };
}

/** The form's fields; a field sent twice counts once. */
export function formOf(request: FastifyRequest): Form {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}

/** The language that a form chose; `otherwise` where it chose none of ours. */
export function languageIn(value: string | undefined, otherwise: Language): Language {
  return known(value) ?? otherwise;
}

/** A path within Warung to go back to; anything else becomes the feed. */
export function localPath(path: string | undefined): string {
  const url = URL.canParse(path ?? '', 'http://warung.example') ? new URL(path ?? '', 'http://warung.example') : null;
  return url?.origin === 'http://warung.example' ? url.pathname + url.search : '/';
}

/** Sends the person on after a form was taken. */
export function onward(reply: FastifyReply, path: string): FastifyReply {
  return reply.code(303).header('location', path).send();
}

/** What a form's own mistakes throw: the page is shown again with the words kept. Other errors are thrown on. */
export function mistake(error: unknown): 'empty' | 'too-long' {
  if (error instanceof Refusal && (error.code === 'empty' || error.code === 'too-long')) return error.code;
  throw error;
}
