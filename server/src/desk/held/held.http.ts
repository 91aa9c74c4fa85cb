import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { undo } from '../../procedure/moderation/index.ts';
import { idOf, right, visitOf } from '../visit.http.ts';

/** The way back from what was decided a moment ago: to its case or its appeal, with what was typed. */
export function heldRoutes(desk: App): void {
  const config = { page: true, right: right('decision.undo') } as const;

  desk.post('/desk/held/:id/undo', { config, schema: { body: form({}) } }, async (request, reply) => {
    const { house, member } = visitOf(request);
    const id = idOf(request);
    try {
      const { case: of, appeal, bundle } = await undo(house, member, id);
      if (bundle !== null) return reply.redirect(`/desk/cases/${of}/bundle`, 303);
      return reply.redirect(`${appeal === null ? `/desk/cases/${of}` : `/desk/appeals/${appeal}`}?again=${id}`, 303);
    } catch (error) {
      if (error instanceof Problem && error.code === 'held-over') return reply.redirect('/desk/queue?notice=undo-over', 303);
      throw error;
    }
  });
}
