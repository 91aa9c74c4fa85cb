import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as instructions from '../../instructions/index.ts';
import type { Because } from '../../records/index.ts';
import type { House } from '../house.ts';
import { explainTo, languageOf } from './explain.ts';
import { lockCase } from './lock.ts';
import { rowOf } from './row.ts';

/** Hears that what the regulator asked is done: the author is told what, and that it was the regulator's word (Act 866 ss.25, 27). */
export async function explainInstruction(house: House, tx: Tx, heard: Because<'instruction.answered'>): Promise<void> {
  const id = (await instructions.instruction(tx, heard.payload.instruction))?.decision;
  const decision = id ? await decisions.decision(tx, id) : undefined;
  if (!decision || decision.account === null) return;
  const of = await lockCase(tx, decision.case);
  if (await cases.isSecret(tx, decision)) return;
  await explainTo(house, tx, of, decision, (await rowOf(tx, decision)).author, {
    to: decision.account,
    role: 'author',
    language: (await languageOf(tx, decision.account)) ?? of.language,
  });
}
