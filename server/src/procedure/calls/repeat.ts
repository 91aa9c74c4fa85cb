import * as calls from '../../calls/index.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';
import { called, ring } from './call.ts';

/** Whoever has not answered for a day is called again, and whoever has come to that role since with them. Returns how many calls. */
export async function repeatCalls(house: House, limit = 100): Promise<number> {
  const before = new Date(house.clock.now().getTime() - calls.againMs);
  const waiting = await house.db.begin('jobs', (tx) => calls.unanswered(tx, before, limit));
  for (const { id, case: caseId } of waiting) {
    await house.db.begin('jobs', async (tx) => {
      const of = caseId === null ? null : await lockCase(tx, caseId);
      const one = (await calls.lock(tx, id)) as calls.Call;
      if (one.state !== 'ringing' || one.calledAt > before) return;
      const { roles, people, short } = calls.whoIsCalled({ ...one, harm: of?.harm ?? null }, await staff.roster(tx));
      await calls.repeat(
        await append(house, tx, {
          kind: 'call.repeated',
          service: one.service,
          ...(caseId === null ? {} : { case: caseId }),
          parties: called(people),
          payload: { call: id, roles: [...roles], called: people.length, short },
        }),
      );
      await ring(house, tx, id);
    });
  }
  return waiting.length;
}
