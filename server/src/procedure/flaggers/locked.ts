import * as flaggers from '../../flaggers/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as subjects from '../../subjects/index.ts';

/** An organisation whose state nobody else changes before this transaction ends. @throws Problem `not-found`. */
export async function lockedFlagger(tx: Tx, id: string): Promise<flaggers.Flagger> {
  await subjects.lock(tx, id);
  const flagger = await flaggers.flagger(tx, id);
  if (!flagger) throw new Problem('not-found', 'There is no such organisation.');
  return flagger;
}

/** What waits for a second person, under the same lock. @throws Problem `not-found`, `conflict` where somebody was faster. */
export async function lockedAccreditation(tx: Tx, id: string): Promise<flaggers.Accreditation> {
  const known = await flaggers.accreditation(tx, id);
  if (!known) throw new Problem('not-found', 'Nobody has proposed that.');
  await subjects.lock(tx, known.flagger);
  const now = (await flaggers.accreditation(tx, id)) as flaggers.Accreditation;
  if (now.state !== 'waiting') throw new Problem('conflict', `What was proposed has been ${now.state} already.`);
  return now;
}

/** @throws Problem `reason-missing`. */
export function givenReason(given: string): string {
  const reason = given.trim();
  if (reason.length < 3) throw new Problem('reason-missing', 'Say why, in a sentence.');
  return reason;
}
