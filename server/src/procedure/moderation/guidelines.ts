import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';

/**
 * The version of the policy that content is judged by: the one that was in force when the platform took it in this revision, as the platform says,
 * or else when it was first seen. Nobody is judged by what was written afterwards; an edit is a new revision, and is judged by what is in force then.
 */
export async function guidelinesFor(tx: Tx, revision: string): Promise<policy.Policy> {
  const known = asked.get(tx) ?? new Map<string, policy.Policy>();
  asked.set(tx, known);
  const found = known.get(revision) ?? (await inForceFor(tx, revision));
  known.set(revision, found);
  return found;
}

/** What one transaction has asked: a bundle is judged and then decided by the same. */
const asked = new WeakMap<Tx, Map<string, policy.Policy>>();

async function inForceFor(tx: Tx, revision: string): Promise<policy.Policy> {
  const seen = await subjects.revision(tx, revision);
  if (!seen) throw new TypeError(`there is no revision ${revision}`);
  return policy.inForce(tx, subjects.contentDate(seen));
}

/** The clause that a notice about this decision names, in the words of the version it was made by. */
export async function clauseTold(tx: Tx, decision: string | null, clause: string | undefined): Promise<policy.Clause | null> {
  const made = decision === null || clause === undefined ? undefined : await decisions.decision(tx, decision);
  return (made && (await policy.named(tx, made.policy))?.clauseOf(clause as string)) ?? null;
}

/** The help lines that people are told, as this installation knows them today. */
export const linesTold = policy.helpLines;
