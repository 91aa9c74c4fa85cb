import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type * as policy from '../../policy/index.ts';
import { append, type Party, type Payload } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from './guidelines.ts';
import { withhold } from './withhold.ts';

/** What one person has made up their mind to. */
export interface Judged {
  readonly revision: string;
  readonly determination: policy.FinalDetermination;
  readonly clause: policy.Clause | null;
  readonly reason: string;
  /** What is done to the author's account: what the ladder has, or less and why; nothing where it is left out. */
  readonly measure?: policy.AccountMeasure | 'suggested' | null;
  readonly lessened?: string;
  /** Where it holds: in Malaysia only, or everywhere. */
  readonly territory?: 'MY' | null;
  /** After how many days from the second person's word it ends by itself. */
  readonly days?: number | null;
  /** The proposal that this one takes the place of. */
  readonly after?: string;
  /** What it answers, where the case was decided before. */
  readonly answers?: decisions.Answers;
  /** Of a bundle: each case of it, and whose account is spared. */
  readonly bundle?: NonNullable<Payload<'decision.proposed'>['bundle']>;
}

/**
 * What needs two waits in sight for the second, one entry a case. Protecting never needs two: what would be taken down is hidden in the same
 * transaction, what was merged into the case with it, and stays so meanwhile. The case's clocks go on. The caller holds the case's lock.
 * @throws Problem `second-person-waits`
 */
export async function propose(
  house: House,
  tx: Tx,
  of: cases.Case,
  member: Member,
  judged: Judged,
  needs: readonly decisions.Need[],
): Promise<decisions.Proposal> {
  const { revision, clause } = judged;
  if (await decisions.waitingProposal(tx, of.id))
    throw new Problem('second-person-waits', 'A decision about this case waits for a second person already.');
  if (clause !== null) {
    await withhold(house, tx, of, revision, clause, member.id, '');
    for (const one of await cases.mergedInto(tx, of.id))
      await withhold(house, tx, one, (await cases.revisionsOf(tx, one.id)).at(-1) as string, clause, member.id, '');
  }
  return layProposal(house, tx, of, member, judged, needs);
}

/** Lays it before the second person. What it is about is protected already. */
export async function layProposal(
  house: House,
  tx: Tx,
  of: cases.Case,
  member: Member,
  judged: Judged,
  needs: readonly decisions.Need[],
): Promise<decisions.Proposal> {
  const { revision, determination, clause, reason } = judged;
  const id = house.ids.next();
  const parties = await concerned(tx, of, member);
  const { version } = await guidelinesFor(tx, revision);
  const because = await append(house, tx, {
    kind: 'decision.proposed',
    service: of.service,
    case: of.id,
    parties,
    payload: {
      proposal: id,
      revision,
      determination,
      clause: clause?.id ?? null,
      policy: version,
      needs: [...needs],
      territory: judged.territory ?? null,
      days: judged.days ?? null,
      measure: judged.measure ?? null,
      lessened: judged.lessened ? judged.lessened : null,
      ...written(parties, reason),
      after: judged.after ?? null,
      bundle: judged.bundle ?? null,
      answers: judged.answers ?? null,
    },
    versions: { policy: version },
  });
  await decisions.propose(because);
  await cases.setAside(because);
  await cases.dropLease(tx, of.id, member.id);
  return (await decisions.proposal(tx, id)) as decisions.Proposal;
}

/** A reason lies under the key of whom it is about; where nobody is the author, of whoever wrote it. */
export function written(parties: readonly Party[], reason: string): { readonly reason: string | null; readonly said: string | null } {
  const about = parties.some(({ role }) => role === 'author');
  return { reason: about ? reason : null, said: about || reason === '' ? null : reason };
}

/** Whose key seals a reason, and who acts. */
export async function concerned(tx: Tx, of: cases.Case, member: Member): Promise<Party[]> {
  const author = (await subjects.item(tx, of.item))?.author ?? null;
  return [
    ...(author === null ? [] : [{ role: 'author', party: author, purpose: 'evidence' } as const]),
    { role: 'actor', party: member.id, purpose: 'staff' },
  ];
}
