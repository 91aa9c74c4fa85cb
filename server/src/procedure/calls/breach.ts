import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { call } from './call.ts';
import { headOf, type Whose } from './whose.ts';

/** A promise was not kept: that is on record, and the lead is called. A person says why (`explainBreach`). The caller holds its lock. */
export async function breach(
  house: House,
  tx: Tx,
  whose: Whose,
  { clock, subject, dueAt }: Pick<cases.Clock, 'clock' | 'subject' | 'dueAt'>,
  reason: 'not kept in time' | 'lapsed undelivered' | 'kept secret',
): Promise<void> {
  await cases.breach(
    await append(house, tx, {
      kind: 'clock.breached',
      ...headOf(whose),
      payload: { clock, subject, due_at: dueAt.toISOString(), reason },
    }),
  );
  // What is late because it is kept secret was forgotten by nobody.
  if (reason !== 'kept secret') await call(house, tx, { about: 'breach', ...whose, clock, subject, dueAt });
}
