import * as cases from '../../cases/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { headOf, lockWhose } from './whose.ts';

interface Explanation {
  /** Whose promise, and which. */
  readonly subject: string;
  readonly clock: cases.ClockName;
  /** What happened, and what is done so that it does not happen again. */
  readonly happened: string;
  readonly remedy: string;
}

/**
 * A person says why a promise was not kept, and what is done about it (invariant 3). Once: who would say more writes a note in the case.
 * @throws Problem `forbidden`, `breach-unknown`, `breach-explained`, `reason-missing`.
 */
export async function explainBreach(house: House, member: Member, input: Explanation): Promise<void> {
  demand(member, 'clock.explain', 'clocks');
  const [happened, remedy] = [input.happened.trim(), input.remedy.trim()];
  if (happened.length < 3 || remedy.length < 3)
    throw new Problem('reason-missing', 'Say what happened, and what is done about it, in a sentence each.');
  await house.db.begin('doors', async (tx) => {
    const known = await cases.clockOf(tx, input.subject, input.clock);
    const whose = known && (await lockWhose(tx, known));
    const broken = known && (await cases.clockOf(tx, input.subject, input.clock));
    if (!whose || !broken?.breachedAt) throw new Problem('breach-unknown', 'This promise was not broken, or there is no such promise.');
    if (await cases.isExplained(tx, broken.subject, broken.clock)) throw new Problem('breach-explained', 'Somebody has said why.');
    await cases.explain(
      await append(house, tx, {
        kind: 'clock.explained',
        ...headOf(whose),
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { clock: broken.clock, subject: broken.subject, happened, remedy },
      }),
    );
  });
}
