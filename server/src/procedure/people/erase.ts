import * as appeals from '../../appeals/index.ts';
import * as calls from '../../calls/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as flaggers from '../../flaggers/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';
import { append, type Because, forgetParty, type Purpose, type Spine } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import * as staff from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';

/**
 * Erases a person for one purpose: their name leaves the state tables, the row from handle to person goes, and the subscriber `destroy-key`
 * destroys the key, so that what the records only commit to can never be read again, in no backup either. The records stay, and verify.
 * *report* waits until every report, appeal and inquiry of theirs has its answer, and takes the addresses along that they gave with their reports;
 * *staff* waits until they were disabled.
 * @param party our id of the account, contact or staff member; of an address (*contact*) the report it was given with. @throws Problem `conflict`.
 */
export async function erase(spine: Spine, service: string, party: string, purpose: Purpose): Promise<boolean> {
  return spine.db.begin('doors', async (tx) => {
    const addresses = purpose === 'report' ? await intake.withAddressOf(tx, party) : [];
    const erased = await eraseIn(spine, tx, service, party, purpose);
    if (erased) for (const report of addresses) await eraseIn(spine, tx, service, report, 'contact');
    return erased;
  });
}

/** The same in the caller's transaction. */
export async function eraseIn(spine: Spine, tx: Tx, service: string, party: string, purpose: Purpose): Promise<boolean> {
  await subjects.lock(tx, party);
  const handle = await forgetParty(tx, party, purpose);
  if (handle === null) return false;
  // Only now: whoever was writing about them has committed, so that a report that is just arriving is seen.
  if (purpose === 'report' && (await intake.hasOpenReport(tx, party)))
    throw new Problem('conflict', 'A report of theirs is not answered yet; erase it after the answer.');
  if (purpose === 'report' && (await appeals.hasOpenAppeal(tx, party)))
    throw new Problem('conflict', 'An appeal of theirs is not decided yet; erase it after the answer.');
  if (purpose === 'report' && (await inquiries.hasOpenInquiry(tx, party)))
    throw new Problem('conflict', 'An inquiry of theirs is not answered yet; erase it after the answer.');
  if (purpose === 'staff' && (await staff.rosterEntry(tx, party))?.disabled === false)
    throw new Problem('conflict', 'They are on the staff; erase them after they were disabled.');
  const because = await append(spine, tx, { kind: 'party.erased', service, payload: { handle, purpose } });
  for (const verb of [
    subjects.eraseParty,
    subjects.eraseLinks,
    intake.eraseReporter,
    cases.eraseParty,
    cases.eraseImposer,
    cases.eraseExplainer,
    calls.eraseParty,
    flaggers.eraseParty,
    flaggers.eraseAccreditations,
    decisions.eraseParty,
    decisions.eraseProposers,
    decisions.eraseEnders,
    decisions.eraseAlone,
    decisions.eraseActors,
    decisions.eraseInvited,
    decisions.eraseHolders,
    notices.eraseReceiver,
    appeals.eraseParty,
    inquiries.eraseParty,
    staff.eraseParty,
    policy.eraseParty,
    screening.eraseParty,
  ])
    await verb(because, party);
  return true;
}

/** Hears an erasure and destroys the key. At least once; a key that is gone stays gone. */
export async function destroyKey(spine: Spine, _tx: Tx, heard: Because<'party.erased'>): Promise<void> {
  await spine.keys.destroy(heard.payload.handle);
}
