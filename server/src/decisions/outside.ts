import { isSecret } from '../cases/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { findDecision } from './decision.sql.ts';
import type { Decision } from './decision.ts';

const nobody = '00000000-0000-0000-0000-000000000000';
const nothing = { case: nobody, decidedAt: new Date(0), record: nobody };

/**
 * A decision as people outside may know it: not at all while it is kept secret, and nothing of a secret one that took its place. Everything
 * that answers outside asks here, of what is not there too, so that both take the same steps and get the same answer.
 */
export async function knownOutside(tx: Tx, decision: Decision | undefined): Promise<Decision | undefined> {
  const secret = await isSecret(tx, decision ?? nothing);
  const next = await findDecision(tx, decision?.supersededBy ?? nobody);
  const replaced = await isSecret(tx, next ?? nothing);
  if (!decision || secret) return undefined;
  return replaced ? { ...decision, supersededBy: null } : decision;
}
