import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './accounts.ts';
import { byHandle, everybody, join, type Newcomer } from './accounts.ts';
import { reconcileLater } from './calls.ts';
import type { Counter, Where } from './counter.ts';
import { Refusal } from './counter.ts';
import type { Database } from './database.ts';
import { open } from './errands.ts';
import { noticesOf } from './inbox.ts';
import { mayRead, stateOf } from './measures/state.ts';
import type { Outbox } from './outbox.ts';
import type { Harm, Language, Perisai, Relation } from './perisai.ts';
import { harms, languages, relations } from './perisai.ts';
import { attachmentNames } from './places/attachments.ts';
import { find, found, newest, recommended, suggested } from './posts.ts';
import { refresh, reportOf, reportsOf } from './reports.ts';
import type { Mode, Weather } from './weather.ts';

const text = { type: 'string', minLength: 1, maxLength: 5_000 };
const language = { type: 'string', enum: languages };
const harm = { type: 'string', enum: harms };

function body(required: string[], properties: Record<string, unknown>): { schema: { body: Record<string, unknown> } } {
  return { schema: { body: { type: 'object', required, properties, additionalProperties: false } } };
}

/**
 * `/api`: what the pages can do, for programs (the story, the demo's seeded day, tests). Who acts stands in the header
 * `x-warung-account`; there is no log-in, which is why it opens only with WARUNG_AUTOMATION=1. The rules are the pages' rules.
 */
export function openAutomation(
  app: FastifyInstance,
  house: { database: Database; outbox: Outbox; perisai: Perisai; weather: Weather; counter: Counter },
): void {
  const { database, counter } = house;

  async function actor(request: FastifyRequest): Promise<Account | null> {
    const handle = request.headers['x-warung-account'];
    if (typeof handle !== 'string') return null;
    const account = await byHandle(database, handle);
    if (account === null) throw new Refusal(404, 'unknown-person');
    return account;
  }
  async function somebody(request: FastifyRequest): Promise<Account> {
    const account = await actor(request);
    if (account === null) throw new Refusal(401, 'log-in');
    return account;
  }
  async function shown(id: string, reader: Account | null): Promise<Record<string, unknown>> {
    const post = await find(database, id);
    if (post === null) throw new Refusal(404, 'not-found');
    return {
      id: post.id,
      state: stateOf(post),
      revision: post.revision,
      text: mayRead(post, reader) ? post.text : null,
      label: post.label,
      statement: reader?.id === post.author ? post.statement : null,
    };
  }
  async function told(id: string): Promise<Record<string, unknown>> {
    const kept = await reportOf(database, id);
    return {
      id,
      report: kept?.perisai,
      state: kept?.state,
      status_url: kept?.status_url,
      contact_code: kept?.contact_code,
      pin: kept?.pin,
    };
  }

  app.get('/api/accounts', async () => everybody(database));
  app.post<{ Body: Newcomer }>(
    '/api/accounts',
    body(['handle', 'name', 'language'], {
      handle: { type: 'string', pattern: '^[a-z0-9_]{2,30}$' },
      name: text,
      language,
      minor: { type: 'boolean' },
      abroad: { type: 'boolean' },
    }),
    async (request, reply) => {
      const account = await join(database, request.body);
      if (account === null) return reply.code(409).send({ code: 'handle-taken' });
      return reply.code(201).send(account);
    },
  );

  app.post<{ Body: Where & { text: string; surface?: string } }>(
    '/api/posts',
    body(['text'], {
      text,
      surface: { type: 'string', enum: ['public-feed', 'private-message'] },
      to: text,
      parent: text,
      group: text,
      as: { type: 'string', enum: ['group', 'live', 'ad'] },
      link: text,
      attachment: { type: 'string', enum: attachmentNames },
    }),
    async (request, reply) => {
      const { text: words, surface, ...where } = request.body;
      if ((surface === 'private-message') !== (where.to !== undefined) && surface !== undefined) throw new Refusal(400, 'unknown-person');
      const id = await counter.write(await somebody(request), words, where);
      return reply.code(201).send(await shown(id, await somebody(request)));
    },
  );
  app.post<{ Params: { id: string }; Body: { text: string } }>('/api/posts/:id/segments', body(['text'], { text }), async (request) => {
    await counter.say(await somebody(request), request.params.id, request.body.text);
    return shown(request.params.id, await somebody(request));
  });
  app.post<{ Params: { id: string } }>('/api/posts/:id/finish', async (request) => {
    await counter.finish(await somebody(request), request.params.id);
    return shown(request.params.id, await somebody(request));
  });
  app.post<{ Params: { id: string } }>('/api/groups/:id/enter', async (request) => {
    await counter.enterGroup(await somebody(request), request.params.id);
    return { group: request.params.id };
  });
  app.post<{ Params: { id: string } }>('/api/groups/:id/leave', async (request) => {
    await counter.leaveGroup(await somebody(request), request.params.id);
    return { group: request.params.id };
  });
  /** What somebody finds: ids of posts, and the words that are suggested. */
  app.get<{ Querystring: { q?: string } }>('/api/search', async (request) => {
    const account = await actor(request);
    const words = (request.query.q ?? '').trim();
    if (words !== '' && account !== null) await counter.searched(account, words);
    const [posts, suggestions, strip, ads] = await Promise.all([
      words === '' ? [] : found(database, account?.id ?? null, words),
      suggested(database, account?.id ?? null),
      recommended(database, account?.id ?? null),
      newest(database, account?.id ?? null, 'ad'),
    ]);
    return {
      posts: posts.map(({ id }) => id),
      suggestions: suggestions.map(({ id, text: said }) => ({ id, text: said })),
      recommended: strip.map(({ id }) => id),
      ads: ads.map(({ id }) => id),
    };
  });
  app.get<{ Params: { id: string } }>('/api/posts/:id', async (request) => shown(request.params.id, await actor(request)));
  app.post<{ Params: { id: string }; Body: { text: string } }>('/api/posts/:id/edit', body(['text'], { text }), async (request) => {
    await counter.edit(await somebody(request), request.params.id, request.body.text);
    return shown(request.params.id, await somebody(request));
  });
  app.post<{ Params: { id: string } }>('/api/posts/:id/delete', async (request) => {
    await counter.erase(await somebody(request), request.params.id);
    return shown(request.params.id, await somebody(request));
  });

  // Without the header: a report by somebody without an account.
  app.post<{ Params: { id: string }; Body: { harm: Harm; text?: string; language: Language; email?: string; for_child?: Relation } }>(
    '/api/posts/:id/reports',
    body(['harm', 'language'], {
      harm,
      text: { type: 'string', maxLength: 5_000 },
      language,
      email: { type: 'string', maxLength: 200 },
      for_child: { type: 'string', enum: relations },
    }),
    async (request, reply) => {
      const what = {
        harm: request.body.harm,
        text: request.body.text ?? '',
        language: request.body.language,
        email: request.body.email ?? null,
        forChild: request.body.for_child ?? null,
      };
      const id = await counter.report(await actor(request), request.params.id, what);
      const answer = await told(id);
      return reply.code(answer['report'] === null ? 202 : 201).send(answer);
    },
  );
  app.get('/api/reports', async (request) => {
    const mine = await refresh(database, house.perisai, await reportsOf(database, (await somebody(request)).id));
    return mine.map((each) => ({ ...each, id: each.id, report: each.perisai }));
  });

  app.get('/api/inbox', async (request) => noticesOf(database, (await somebody(request)).id));
  app.post<{ Body: { notice?: string; decision?: string; text: string } }>(
    '/api/appeals',
    body(['text'], { notice: text, decision: text, text }),
    async (request, reply) => {
      const { text: words, ...by } = request.body;
      const account = await somebody(request);
      const id = await counter.appeal(account, by, words);
      const rows = await database.query(
        'select id, perisai as appeal, state, status_url, answer_by, refused from warung.appeal where id = $1',
        [id],
      );
      return reply.code(rows.rows[0]?.['appeal'] === null ? 202 : 201).send(rows.rows[0]);
    },
  );

  app.post<{ Body: { mode: Mode } }>(
    '/api/weather',
    body(['mode'], { mode: { type: 'string', enum: ['fine', 'down', 'slow', 'wrong'] } }),
    async (request) => {
      house.weather.set(request.body.mode);
      // After the rain: whatever Perisai still waits for is done, and told as it is.
      if (request.body.mode === 'fine') {
        await reconcileLater(database);
        house.outbox.nudge();
      }
      return { mode: house.weather.mode() };
    },
  );
  /** How much Warung still owes Perisai: 0 when all is quiet. */
  app.get('/api/errands', async () => ({ open: await open(database) }));
}
