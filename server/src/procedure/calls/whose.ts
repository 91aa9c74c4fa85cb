import type * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { lockCase, lockInstruction } from '../moderation/lock.ts';

/** To what a clock belongs: a case; or, of what the regulator asks of the provider itself, none. */
export interface Whose {
  readonly of: cases.Case | null;
  readonly service: string;
}

/** Takes that for a change. */
export async function lockWhose(tx: Tx, { case: caseId, subject }: Pick<cases.Clock, 'case' | 'subject'>): Promise<Whose> {
  if (caseId === null) return { of: null, service: (await lockInstruction(tx, subject)).service };
  const of = await lockCase(tx, caseId);
  return { of, service: of.service };
}

/** The head of a record about it. */
export function headOf({ of, service }: Whose): { readonly service: string; readonly case?: string } {
  return { service, ...(of === null ? {} : { case: of.id }) };
}
