import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { partOf } from '../../foundation/http/ranges.ts';
import type { App } from '../../foundation/http/server.ts';
import { type SeenFile, seeFile } from '../../procedure/moderation/index.ts';
import type { Visit } from '../frame.ts';
import { idOf, right, type send, visitOf } from '../visit.http.ts';
import { fileAsked, fileMs } from './address.ts';

type Request = Parameters<typeof visitOf>[0];
type Reply = Parameters<typeof send>[0];

const short = Type.Optional(Type.String({ maxLength: 100 }));
/** What an address of a file is made of; below the page of a case, and below that of an invitation. */
export const fileSchema = {
  hide: true,
  params: Type.Object({
    id: Type.String({ maxLength: 100 }),
    revision: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    place: Type.String({ pattern: '^[0-9]{1,3}$' }),
  }),
  querystring: Type.Object({ at: short, how: short, proof: short }),
} as const;

/** The sealed files of a case, one by one, each for whom it was laid out on a page. */
export function fileRoutes(desk: App): void {
  desk.get('/desk/cases/:id/files/:revision/:place', { config: { right: right('material.view') }, schema: fileSchema }, (request, reply) =>
    sendFile(request, reply, visitOf(request), idOf(request)),
  );
}

/** The file, where the address is one that this person was given and is still good. Who may see what, the step asks. */
export async function sendFile(
  request: Request,
  reply: Reply,
  visit: Pick<Visit, 'house' | 'member' | 'session' | 'now'>,
  of: string,
): Promise<Reply> {
  const { revision, place } = request.params as Static<typeof fileSchema.params>;
  const asked = fileAsked(visit, { case: of, revision, place: Number(place) }, request.query as Static<typeof fileSchema.querystring>);
  if (asked === null) throw new Problem('forbidden', `A file opens from the page it stands on, for ${fileMs / 60_000} minutes.`);
  // Of what lies open, looks within the same minutes are one look: the page is made anew by each button of it.
  const since = asked.revealed ? asked.at : new Date(visit.now.getTime() - fileMs);
  return answer(request, reply, await seeFile(visit.house, visit.member, { ...asked, since }), `${revision}-${Number(place) + 1}`);
}

function answer(request: Request, reply: Reply, { bytes, type }: SeenFile, name: string): Reply {
  reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    // What is no picture, video or sound is never opened by a browser of ours.
    'content-disposition': type === null ? `attachment; filename="${name}.bin"` : 'inline',
  });
  reply.type(type ?? 'application/octet-stream');
  const part = partOf(request.headers.range, bytes.length);
  if (part === null) return reply.send(bytes);
  if (part === 'none') return reply.code(416).header('content-range', `bytes */${bytes.length}`).send(Buffer.alloc(0));
  reply.code(206).header('content-range', `bytes ${part.from}-${part.to}/${bytes.length}`);
  return reply.send(bytes.subarray(part.from, part.to + 1));
}
