import * as cases from '../cases/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { type Payload, reveal, type Spine } from '../records/questions.ts';
import * as staff from '../staff/questions.ts';
import type { MomentRow } from './case-life.sql.ts';

const withNotes = ['case.noted', 'case.handed-over', 'case.raised', 'case.parked'] as const;
type WithNote = (typeof withNotes)[number];

/** What somebody wrote for colleagues; null once it is erased with the person it is about. */
export interface Note {
  readonly kind: WithNote;
  readonly at: Date;
  readonly actor: string | null;
  readonly text: string | null;
}

export interface WorkRead {
  readonly work: cases.Work;
  readonly notes: readonly Note[];
  /** Everybody on the staff now; `decides`: a case can be handed to them. */
  readonly colleagues: readonly { readonly id: string; readonly name: string | null; readonly decides: boolean }[];
}

/** The work on a case: where it lies, what colleagues wrote, to whom it can be handed. */
export async function readWork(
  spine: Pick<Spine, 'keys'>,
  tx: Tx,
  { id, harm }: cases.Case,
  moments: readonly MomentRow[],
): Promise<WorkRead> {
  const notes: Note[] = [];
  for (const { kind, record, at, actor } of moments) {
    const noting = withNotes.find((one) => one === kind);
    if (!noting) continue;
    const told = (await reveal(spine, tx, noting, record)) as Payload<WithNote> | null;
    notes.push({ kind: noting, at, actor, text: told?.note ?? null });
  }
  const roster = (await staff.roster(tx)).filter(({ disabled }) => !disabled);
  return {
    notes,
    work: (await cases.workOn(tx, id)) as cases.Work,
    colleagues: roster.map((entry) => ({
      id: entry.id,
      name: entry.name,
      decides: entry.name !== null && staff.may({ ...entry, name: entry.name }, 'case.decide', { type: 'case', harm }).allowed,
    })),
  };
}
