import * as flaggers from '../../flaggers/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { givenReason, lockedFlagger } from './locked.ts';

/**
 * Suspends one for misuse: from now on it reports as anybody does. It protects, so one person is enough.
 * @throws Problem `forbidden`, `not-found`, `conflict`, `reason-missing`.
 */
export async function suspend(house: House, member: Member, input: { readonly flagger: string; readonly reason: string }): Promise<void> {
  demand(member, 'flaggers.manage', 'flaggers');
  const reason = givenReason(input.reason);
  await house.db.begin('doors', async (tx) => {
    const flagger = await lockedFlagger(tx, input.flagger);
    if (flagger.state !== 'accredited') throw new Problem('conflict', 'It is suspended already.');
    const because = await append(house, tx, {
      kind: 'flagger.suspended',
      service: flagger.service,
      parties: [
        { role: 'flagger', party: flagger.id, purpose: 'report' },
        { role: 'actor', party: member.id, purpose: 'staff' },
      ],
      payload: { flagger: flagger.id, reason },
    });
    await flaggers.suspend(because);
  });
}
