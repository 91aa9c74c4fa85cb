import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Because } from '../../records/index.ts';
import type { House } from '../house.ts';
import { closeDone } from './enforce.ts';
import { lockCase } from './lock.ts';

/** Hears that an account was asked for something newer: older cases whose measure that took the place of wait for nothing any more. */
export async function closeOvertaken(house: House, tx: Tx, heard: Because<'action.ordered'>): Promise<void> {
  const decision = await decisions.decision(tx, heard.payload.decision);
  if (heard.payload.target_kind !== 'account' || !decision || decision.account === null) return;
  const older = (await decisions.decisionsOnAccount(tx, decision.account)).filter(({ targetKind }) => targetKind === 'account');
  for (const id of new Set(older.map((one) => one.case))) {
    if ((await cases.caseOf(tx, id))?.state !== 'decided') continue;
    await closeDone(house, tx, (await lockCase(tx, id)).item);
  }
}
