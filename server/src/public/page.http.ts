import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FieldError } from '../foundation/html/error-summary.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { publicPage } from '../foundation/html/page.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { negotiate } from '../foundation/i18n/negotiate.ts';
import { helpLinesFor, type KnownLine } from '../foundation/i18n/notice-text.ts';

/** In which language this person reads. */
export const languageOf = (request: FastifyRequest): Language =>
  negotiate({ query: (request.query as { lang?: string }).lang, acceptLanguage: request.headers['accept-language'] });

interface Shown {
  readonly title: string;
  readonly body: Part;
  readonly errors?: readonly FieldError[];
  readonly harm?: string;
  /** The help lines as this installation knows them, for that harm. */
  readonly lines?: readonly KnownLine[];
}

/** A page in its reader's language. */
export async function show(request: FastifyRequest, reply: FastifyReply, make: (language: Language) => Shown): Promise<FastifyReply> {
  const language = languageOf(request);
  const { title, body, errors, harm, lines } = make(language);
  // A page that answers a form has the form's address, so that changing the language asks for the PIN again and shows nothing.
  const page: Html = publicPage({
    language,
    title,
    path: request.url,
    body,
    ...(errors ? { errors } : {}),
    ...(harm ? { helpLines: helpLinesFor(harm, language, lines) } : {}),
  });
  return reply.type('text/html; charset=utf-8').send(page.toString());
}
