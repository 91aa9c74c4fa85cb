import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { desiredNow } from './enforce.ts';
import { guidelinesFor } from './guidelines.ts';
import { concerned, type Judged, written } from './propose.ts';

/** The appeal that a decision answers, and how. */
export interface Answering {
  readonly appeal: string;
  readonly outcome: 'overturned' | 'partly';
  readonly alone: boolean;
}

/** Whether this waits for its undo window. */
export async function waits(
  house: House,
  tx: Tx,
  of: cases.Case,
  { determination }: { readonly determination: policy.Determination | policy.AccountMeasure },
): Promise<boolean> {
  if (house.undoSeconds === 0) return false;
  const shown: policy.Desired[] = [];
  for (const { item } of [of, ...(await cases.mergedInto(tx, of.id))]) shown.push(await desiredNow(tx, item));
  return decisions.mayWait(of.harm, determination, shown);
}

/**
 * A decision that is not carried out yet: nothing is asked of the platform and nobody is told before its time to undo is over, so that taking it
 * back leaves no trace outside. The case's clocks go on, nobody else is given the case. The caller holds the case's lock.
 */
export async function hold(
  house: House,
  tx: Tx,
  of: cases.Case,
  member: Member,
  judged: Omit<Judged, 'determination'> & Pick<decisions.Held, 'determination'>,
  answers: Answering | null = null,
): Promise<decisions.Held> {
  const { revision, determination, clause, reason, territory = null, days = null } = judged;
  const held = house.ids.next();
  const parties = await concerned(tx, of, member);
  const { version } = await guidelinesFor(tx, revision);
  const because = await append(house, tx, {
    kind: 'decision.held',
    service: of.service,
    case: of.id,
    parties,
    payload: {
      held,
      revision,
      determination,
      clause: clause?.id ?? null,
      policy: version,
      territory,
      days,
      measure: judged.measure ?? null,
      lessened: judged.lessened ? judged.lessened : null,
      ...written(parties, reason),
      appeal: answers?.appeal ?? null,
      outcome: answers?.outcome ?? null,
      alone: answers?.alone ?? null,
      bundle: judged.bundle ?? null,
      until: new Date(house.clock.now().getTime() + house.undoSeconds * 1_000).toISOString(),
    },
    versions: { policy: version },
  });
  await decisions.hold(because);
  await cases.setAside(because);
  await cases.dropLease(tx, of.id, member.id);
  return (await decisions.held(tx, held)) as decisions.Held;
}
