import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Instruction, instructionTransitions, settles } from './instruction.ts';

interface Tables {
  'instructions.instruction': {
    id: string;
    service: string;
    kind: string;
    reference: string;
    case_id: string | null;
    item: string | null;
    state: string;
    received_at: Date;
    due_at: Date;
    decision: string | null;
    settled_at: Date | null;
    record: string;
    answer_record: string | null;
    receipt_sent_at: Date | null;
  };
}

export async function insertInstruction(because: Because<'instruction.received'>): Promise<void> {
  const { instruction, kind, reference, item, due_at } = because.payload;
  await changing<Tables>(because)
    .insertInto('instructions.instruction')
    .values({
      id: instruction,
      service: because.record.service,
      kind,
      reference,
      case_id: because.record.case,
      item,
      state: 'received',
      received_at: because.record.recordedAt,
      due_at: new Date(due_at),
      record: because.record.id,
    })
    .execute();
}

export async function markCarriedOut(because: Because<'instruction.carried-out'>): Promise<void> {
  const { instruction, decision } = because.payload;
  await move(because, instruction, 'carried-out', { decision });
}

export async function markAnswered(because: Because<'instruction.answered'>): Promise<void> {
  await move(because, because.payload.instruction, 'answered', {
    settled_at: because.record.recordedAt,
    answer_record: because.record.id,
  });
}

export async function advance(because: Because<'instruction.advanced'>): Promise<void> {
  const { instruction, to, due_at } = because.payload;
  await move(because, instruction, to, {
    ...(settles(to) ? { settled_at: because.record.recordedAt } : {}),
    ...(due_at === null ? {} : { due_at: new Date(due_at) }),
  });
}

export async function noteReceiptSent(because: Because<'receipt.sent'>): Promise<void> {
  await changing<Tables>(because)
    .updateTable('instructions.instruction')
    .set({ receipt_sent_at: because.record.recordedAt })
    .where('id', '=', because.payload.instruction)
    .execute();
}

async function move(
  because: Because,
  id: string,
  to: Instruction['state'],
  more: { readonly decision?: string; readonly settled_at?: Date; readonly due_at?: Date; readonly answer_record?: string },
): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('instructions.instruction')
    .set({ state: to, ...more })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(instructionTransitions, to, because.record.kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because, to);
}

const columns = [
  'id',
  'service',
  'kind',
  'reference',
  'case_id as case',
  'item',
  'state',
  'received_at as receivedAt',
  'due_at as dueAt',
  'decision',
  'settled_at as settledAt',
  'record',
  'answer_record as answerRecord',
  'receipt_sent_at as receiptSentAt',
] as const;

/** Served by the primary key. */
export async function findInstruction(tx: Tx, id: string): Promise<Instruction | undefined> {
  return (await reading<Tables>(tx).selectFrom('instructions.instruction').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Instruction
    | undefined;
}

/** The instruction that a decision carries out. Served by instruction_by_decision. */
export async function findByDecision(tx: Tx, decision: string): Promise<Instruction | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('instructions.instruction')
    .select(columns)
    .where('decision', '=', decision)
    .executeTakeFirst()) as Instruction | undefined;
}

/** By the regulator's reference. Served by instruction_once. */
export async function findByReference(tx: Tx, service: string, reference: string): Promise<Instruction | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('instructions.instruction')
    .select(columns)
    .where('service', '=', service)
    .where('reference', '=', reference)
    .executeTakeFirst()) as Instruction | undefined;
}

/** The register, newest first, by keyset. Walks instruction_by_time. */
export async function listInstructions(
  tx: Tx,
  after: { readonly receivedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<Instruction[]> {
  let query = reading<Tables>(tx).selectFrom('instructions.instruction').select(columns);
  if (after) query = query.where(sql<boolean>`(received_at, id) < (${after.receivedAt}, ${after.id}::uuid)`);
  return (await query.orderBy('received_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as Instruction[];
}
