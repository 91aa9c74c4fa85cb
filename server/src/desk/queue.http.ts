import { type Static, Type } from 'typebox';
import * as cases from '../cases/index.ts';
import { cursors } from '../foundation/http/paging.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { isLanguage } from '../foundation/i18n/language.ts';
import { allHarms } from '../policy/index.ts';
import { claimWorst } from '../procedure/moderation/index.ts';
import * as staff from '../staff/index.ts';
import * as subjects from '../subjects/index.ts';
import { deskLoads, queueRows } from '../views/queue.sql.ts';
import { desksPage } from './desks.ts';
import { type QueueAsked, queuePage, queueUrl } from './queue.ts';
import { right, send, visitOf } from './visit.http.ts';

const word = Type.Optional(Type.String({ maxLength: 60 }));
const filters = { service: word, harm: word, language: word, desk: word, mine: word, parked: word };
const query = Type.Object({ ...filters, after: Type.Optional(Type.String({ maxLength: 512 })), notice: word, lang: word });
const body = form(filters);
const places = cursors('integer', 'time', 'uuid');
const limit = 50;

/** The queue: what a moderator is shown, and what they take next. */
export function queueRoutes(desk: App): void {
  const config = { page: true, right: right('queue.view', 'queue') } as const;

  desk.get('/desk/queue', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const asked = request.query as Static<typeof query>;
    const of = askedOf(asked);
    const from = places.read(asked.after);
    const place = from && { rank: from[0], due: from[1], id: from[2] };
    const read = await visit.house.db.begin('doors', async (tx) => ({
      rows: await queueRows(
        tx,
        { ...filterOf(of, visit.member.id), parked: of.parked !== undefined },
        staff.lanesOf(visit.member, 'case.view'),
        place,
        visit.now,
        limit + 1,
      ),
      services: await subjects.services(tx),
    }));
    const page = places.page(read.rows, limit, (row) => [row.rank, row.due, row.id]);
    return send(
      reply,
      await queuePage(visit, {
        of,
        rows: page.items,
        services: read.services,
        next: page.next,
        begun: asked.after === undefined,
        notice: (['empty', 'referred', 'undo-over'] as const).find((one) => one === asked.notice) ?? null,
      }),
    );
  });

  desk.get('/desk/queue/desks', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const read = await visit.house.db.begin('doors', async (tx) => ({
      loads: await deskLoads(tx, staff.lanesOf(visit.member, 'case.view'), visit.now, new Date(visit.now.getTime() + cases.soonMs)),
      roster: await staff.roster(tx),
    }));
    return send(reply, await desksPage(visit, read));
  });

  desk.post('/desk/queue/next', { config: { page: true, right: right('case.claim') }, schema: { body } }, async (request, reply) => {
    const visit = visitOf(request);
    const of = askedOf(request.body as Static<typeof body>);
    const id = await claimWorst(visit.house, visit.member, filterOf(of, visit.member.id));
    return reply.redirect(id === null ? queueUrl(of, { notice: 'empty' }) : `/desk/cases/${id}`, 303);
  });
}

/** What of the address we know; the rest is not asked for. */
function askedOf({ service, harm, language, desk, mine, parked }: Static<typeof body>): QueueAsked {
  const knownHarm = allHarms.find(({ id }) => id === harm)?.id;
  const knownDesk = cases.desks.find(({ id }) => id === desk)?.id;
  return {
    ...(service ? { service } : {}),
    ...(knownHarm ? { harm: knownHarm } : {}),
    ...(isLanguage(language) ? { language } : {}),
    ...(knownDesk ? { desk: knownDesk } : {}),
    ...(mine ? { mine: 'yes' } : {}),
    ...(parked ? { parked: 'yes' } : {}),
  };
}

function filterOf({ desk, mine, parked: _, ...plain }: QueueAsked, member: string): cases.QueueFilter {
  const at = desk === undefined ? undefined : cases.deskNamed(desk);
  return {
    ...plain,
    ...(at
      ? {
          desk: {
            id: at.id,
            coming: cases.comingTo(
              at,
              allHarms.map(({ id }) => id),
            ),
          },
        }
      : {}),
    ...(mine ? { assignee: member } : {}),
  };
}
