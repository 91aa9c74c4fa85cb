import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import { call } from '../calls/call.ts';
import type { House } from '../house.ts';

/**
 * Somebody whose role it is says that no second person is there in time, and why. The compliance officers are called at once.
 * @throws Problem `forbidden`, `reason-missing`, `field-wrong`, `conflict` (it is open already).
 */
export async function openGlass(house: House, member: Member, input: { readonly hours: number; readonly reason: string }): Promise<string> {
  demand(member, 'break-glass.open', 'break-glass');
  const reason = input.reason.trim();
  if (reason.length < 10) throw new Problem('reason-missing', 'Say in a sentence why nobody else is there in time.');
  const ms = input.hours * 3_600_000;
  if (!(Number.isInteger(input.hours) && ms >= 3_600_000 && ms <= decisions.glassMs))
    throw new Problem('field-wrong', 'It is open for 1 to 24 hours.');
  return house.db.begin('doors', async (tx) => {
    const now = house.clock.now();
    if (await decisions.openGlassOf(tx, member.id, now)) throw new Problem('conflict', 'You have opened it already.');
    const glass = house.ids.next();
    await decisions.openGlass(
      await append(house, tx, {
        kind: 'break-glass.opened',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { glass, until: new Date(now.getTime() + ms).toISOString(), reason },
      }),
    );
    await call(house, tx, { about: 'break-glass', of: null, service: wholeProvider, subject: glass });
    return glass;
  });
}

/** Whoever opened it, or a compliance officer, ends it before its time. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function closeGlass(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const glass = await decisions.lockGlass(tx, id);
    if (!glass) throw new Problem('not-found');
    demand(member, 'break-glass.close', { type: 'glass', openedBy: glass.openedBy });
    if (glass.state !== 'open') throw new Problem('conflict', 'It is closed.');
    await decisions.closeGlass(
      await append(house, tx, {
        kind: 'break-glass.closed',
        service: wholeProvider,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { glass: id },
      }),
    );
  });
}
