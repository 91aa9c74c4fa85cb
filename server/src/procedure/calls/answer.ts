import * as calls from '../../calls/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, may } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';

/**
 * Whoever was called answers: they know of it and see to it. What else they are called for in the same case is answered with it.
 * @throws Problem `call-unknown`, `forbidden`, `call-answered`.
 */
export async function answerCall(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const known = await calls.call(tx, id);
    if (!known) throw new Problem('call-unknown', `There is no call ${id}.`);
    if (known.case !== null) await lockCase(tx, known.case);
    const asked = (await calls.lock(tx, known.id)) as calls.Call;
    demand(member, 'call.answer', { type: 'call', roles: asked.roles });
    if (asked.state !== 'ringing') throw new Problem('call-answered', 'Somebody has answered it.');
    const beside = known.case === null ? [] : await calls.ringingIn(tx, known.case);
    const theirs = beside.filter((one) => one.id !== asked.id && may(member, 'call.answer', { type: 'call', roles: one.roles }).allowed);
    for (const one of [asked, ...theirs])
      await calls.answer(
        await append(house, tx, {
          kind: 'call.answered',
          service: one.service,
          ...(one.case === null ? {} : { case: one.case }),
          parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
          payload: { call: one.id },
        }),
      );
  });
}
