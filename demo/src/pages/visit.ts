import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts.ts';
import { byHandle } from '../accounts.ts';
import type { Counter } from '../counter.ts';
import { Refusal } from '../counter.ts';
import type { Database } from '../database.ts';
import { unread } from '../inbox.ts';
import { mayEnter } from '../measures/standing.ts';
import type { Language, Perisai } from '../perisai.ts';
import { languages } from '../perisai.ts';
import type { Lending } from '../places/lending.ts';
import type { Words } from '../words/shape.ts';
import { words } from '../words/words.ts';

/** What the pages need of Warung. */
export interface House {
  database: Database;
  perisai: Perisai;
  counter: Counter;
  publicUrl: () => string;
  lending: Lending;
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

const ours = (value: unknown): Language | null => languages.find((language) => language === value) ?? null;

/** `?lang=` → the account's language → a guest's choice → the browser's → Malay. */
function languageOf(request: FastifyRequest, account: Account | null): Language {
  const asked = ours((request.query as Record<string, unknown>)['lang']);
  const browser = (request.headers['accept-language'] ?? '').split(',').map((part) => ours(part.trim().slice(0, 2).toLowerCase()));
  return asked ?? account?.language ?? ours(request.cookies[cookies.language]) ?? browser.find((each) => each !== null) ?? 'ms';
}

/** The visit that this request is. */
export async function visitOf(house: House, request: FastifyRequest): Promise<Visit> {
  const handle = request.cookies[cookies.account];
  const known = handle === undefined ? null : await byHandle(house.database, handle);
  // Whose account was closed is a guest from then on: the door tells them why.
  const account = known !== null && mayEnter(known.standing) ? known : null;
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
  return ours(value) ?? otherwise;
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
export function mistake(error: unknown): 'empty' | 'too-long' | 'link' | 'restricted' {
  const own = ['empty', 'too-long', 'link', 'restricted'] as const;
  const code = error instanceof Refusal ? own.find((each) => each === error.code) : undefined;
  if (code !== undefined) return code;
  throw error;
}
