import * as decisions from '../decisions/questions.ts';
import * as enforcement from '../enforcement/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import * as subjects from '../subjects/questions.ts';
import type { Instruction } from './instruction.ts';

/** What the platform shows of it then. A search suggestion or a recommendation is nothing but its place there, and leaves it. */
export const shownAs = ['removed', 'delisted', 'not-recommended', 'visible', 'gone'] as const;
const takenAway: Readonly<Record<string, Receipt['shown']>> = { delist: 'delisted', 'stop-recommending': 'not-recommended' };

/** What the regulator is told once its instruction is carried out (Act 866 ss.25, 27), as it leaves the house. */
export interface Receipt {
  readonly instruction: string;
  readonly reference: string;
  readonly kind: 'remove' | 'restore';
  readonly section: string;
  readonly service: string;
  readonly item: { readonly kind: string; readonly id: string | null };
  readonly received_at: string;
  readonly due_at: string;
  readonly decision: { readonly puid: string; readonly decided_at: string };
  readonly shown: (typeof shownAs)[number];
  readonly acknowledged_at: string;
  readonly in_time: boolean;
  /** In the log, that says so; with it an auditor proves that this was not written later. */
  readonly record: string;
}

/** The receipt of an instruction that the platform has acknowledged. @throws Problem `instruction-open`. */
export async function receiptOf(tx: Tx, of: Instruction): Promise<Receipt> {
  const { decision: id, settledAt, answerRecord, item } = of;
  if (of.state !== 'answered' || id === null || settledAt === null || answerRecord === null || item === null)
    throw new Problem('instruction-open', `The instruction ${of.id} has no receipt yet, or is none about content.`);
  const decision = (await decisions.decision(tx, id)) as decisions.Decision;
  const named = await subjects.item(tx, item);
  const gone = (await enforcement.actionsOf(tx, id)).at(-1)?.state === 'moot';
  const kind = of.kind === 'remove' ? 'remove' : 'restore';
  return {
    instruction: of.id,
    reference: of.reference,
    kind,
    section: kind === 'remove' ? 'Act 866 s.25' : 'Act 866 s.27',
    service: of.service,
    item: { kind: named?.called ?? 'post', id: named?.externalId ?? null },
    received_at: of.receivedAt.toISOString(),
    due_at: of.dueAt.toISOString(),
    decision: { puid: decision.puid, decided_at: decision.decidedAt.toISOString() },
    shown: gone ? 'gone' : kind === 'remove' ? (takenAway[decision.determination] ?? 'removed') : 'visible',
    acknowledged_at: settledAt.toISOString(),
    in_time: settledAt <= of.dueAt,
    record: answerRecord,
  };
}
