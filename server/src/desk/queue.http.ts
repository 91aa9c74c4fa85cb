import { type Static, Type } from 'typebox';
import type { QueueFilter } from '../cases/index.ts';
import { cursors } from '../foundation/http/paging.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { isLanguage } from '../foundation/i18n/language.ts';
import { allHarms } from '../policy/index.ts';
import { claimWorst } from '../procedure/moderation/index.ts';
import * as subjects from '../subjects/index.ts';
import { queueRows } from '../views/queue.sql.ts';
import { queuePage, queueUrl } from './queue.ts';
import { right, send, visitOf } from './visit.http.ts';

const word = Type.Optional(Type.String({ maxLength: 60 }));
const filters = { service: word, harm: word, language: word };
const query = Type.Object({ ...filters, after: Type.Optional(Type.String({ maxLength: 512 })), notice: word, lang: word });
const body = form(filters);
const places = cursors('integer', 'integer', 'time', 'uuid');
const limit = 50;

/** The queue: what a moderator is shown, and what they take next. */
export function queueRoutes(desk: App): void {
  const config = { page: true, right: right('queue.view', 'queue') } as const;

  desk.get('/desk/queue', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const asked = request.query as Static<typeof query>;
    const of = filterOf(asked);
    const from = places.read(asked.after);
    const place = from && { notCsam: from[0] === 1, notPriority: from[1] === 1, openedAt: from[2], id: from[3] };
    const read = await visit.house.db.begin('doors', async (tx) => ({
      rows: await queueRows(tx, of, place, visit.now, limit + 1),
      services: await subjects.services(tx),
    }));
    const page = places.page(read.rows, limit, (row) => [row.harm === 'csam' ? 0 : 1, row.priority ? 0 : 1, row.openedAt, row.id]);
    return send(
      reply,
      await queuePage(visit, {
        of,
        rows: page.items,
        services: read.services,
        next: page.next,
        begun: asked.after === undefined,
        empty: asked.notice === 'empty',
      }),
    );
  });

  desk.post(
    '/desk/queue/next',
    { config: { page: true, right: right('case.claim', 'case') }, schema: { body } },
    async (request, reply) => {
      const visit = visitOf(request);
      const of = filterOf(request.body as Static<typeof body>);
      const id = await claimWorst(visit.house, visit.member, of);
      return reply.redirect(id === null ? queueUrl(of, { notice: 'empty' }) : `/desk/cases/${id}`, 303);
    },
  );
}

function filterOf({
  service,
  harm,
  language,
}: {
  readonly service?: string;
  readonly harm?: string;
  readonly language?: string;
}): QueueFilter {
  const known = allHarms.find(({ id }) => id === harm)?.id;
  return { ...(service ? { service } : {}), ...(known ? { harm: known } : {}), ...(isLanguage(language) ? { language } : {}) };
}
