import * as flaggers from '../flaggers/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import * as intake from '../intake/questions.ts';
import type { House } from '../procedure/house.ts';
import { reveal } from '../records/questions.ts';

/** An accredited organisation with how its reports ended, and why it was suspended. */
export interface FlaggerRead extends flaggers.Flagger {
  readonly tally: intake.Tally;
  readonly reason: string | null;
}

export async function readFlaggers(house: House, tx: Tx): Promise<FlaggerRead[]> {
  const read: FlaggerRead[] = [];
  for (const flagger of await flaggers.flaggers(tx)) {
    const told = flagger.state === 'suspended' ? await reveal(house, tx, 'flagger.suspended', flagger.record) : null;
    read.push({ ...flagger, tally: await intake.tallyOf(tx, { flagger: flagger.id }, house.clock.now()), reason: told?.reason ?? null });
  }
  return read;
}
