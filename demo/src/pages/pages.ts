import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../counter.ts';
import { html } from '../html.ts';
import { words } from '../words/words.ts';
import { feedPages } from './feed.ts';
import { show } from './frame.ts';
import { inboxPages } from './inbox.ts';
import { peoplePages } from './people.ts';
import { placePages } from './places.ts';
import { reportPages } from './report.ts';
import type { House, Visit } from './visit.ts';
import { visitOf } from './visit.ts';

/** Warung's pages: plain HTML, no script, in the visitor's language. Errors are pages too; `complain` hears of those that are ours. */
export function openPages(app: FastifyInstance, house: House, complain: (what: string, error: Error) => void): void {
  function explain(reply: FastifyReply, visit: Visit, code: Refusal['code'] | 'broken', status: number): FastifyReply {
    const { errors, menu } = visit.words;
    const way = code === 'log-in' ? html`<a class="go" href="/enter">${menu.enter}</a>` : html`<a href="/">${errors.back}</a>`;
    return show(reply, visit, errors[code], html`<h1>${errors[code]}</h1><p>${way}</p>`, status);
  }

  app.register(async (scope) => {
    // Another site's form must not act for a person who is logged in here.
    scope.addHook('preHandler', async (request, reply) => {
      if (request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site') return reply.code(403).send();
      return undefined;
    });
    scope.setErrorHandler(async (error: FastifyError | Refusal, request, reply) => {
      if (error instanceof Refusal) return explain(reply, await visitOf(house, request), error.code, error.status);
      if ((error.statusCode ?? 500) < 500) return explain(reply, await visitOf(house, request), 'not-found', error.statusCode ?? 400);
      complain(`${request.method} ${request.url}`, error);
      // What broke may be the database, so that nobody can say who this is.
      return explain(reply, { account: null, language: 'ms', words: words.ms, unread: 0, path: '/' }, 'broken', 500);
    });
    feedPages(scope, house);
    reportPages(scope, house);
    inboxPages(scope, house);
    peoplePages(scope, house);
    placePages(scope, house);
  });
  app.setNotFoundHandler(async (request, reply) => explain(reply, await visitOf(house, request), 'not-found', 404));
}
