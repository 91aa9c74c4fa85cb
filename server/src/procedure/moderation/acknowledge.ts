import * as cases from '../../cases/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { finish, resend } from '../../foundation/outbox/outbox.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { closeDone, keptBy } from './enforce.ts';
import { happened } from './happened.ts';
import { answerInstruction } from './instruct.ts';
import { lockAccount, lockCase } from './lock.ts';
import { tellMoot } from './moot.ts';

export interface Acknowledgement {
  readonly target_seq: number;
  readonly state: enforcement.ReportedState;
  readonly at?: string;
}

/**
 * The platform says what it shows now. Only this makes an action done: a 2xx on the webhook says *delivered*. A state other than the
 * desired one is kept as a mismatch and asked for again. Twice is once.
 * @throws Problem `action-unknown`, `target-seq-unknown`, `time-in-future`.
 */
export async function acknowledge(
  house: House,
  tx: Tx,
  service: string,
  id: string,
  said: Acknowledgement,
): Promise<{ readonly action: string; readonly state: 'acknowledged' | 'mismatch' | 'moot' | 'superseded' | 'lapsed' }> {
  const known = await enforcement.action(tx, id);
  if (!known || known.service !== service) throw new Problem('action-unknown', `There is no action ${id} for this service.`);
  const of = await lockCase(tx, known.case);
  if (known.targetKind === 'account') await lockAccount(tx, known.target);
  const action = (await enforcement.action(tx, id)) as enforcement.Action;
  const newest = (await enforcement.newestAction(tx, action.target)) as enforcement.Action;
  if (said.target_seq > newest.targetSeq)
    throw new Problem('target-seq-unknown', `The newest action on this target has the number ${newest.targetSeq}, not ${said.target_seq}.`);
  const occurredAt = happened(house, said.at);
  if (action.state !== 'ordered') return { action: id, state: action.state };

  const gone = said.state === 'gone';
  // A lower number than ours: it speaks of the time before our action.
  if (!gone && (said.state !== action.desired || said.target_seq < action.targetSeq)) {
    await enforcement.mismatch(
      await append(house, tx, {
        kind: 'action.mismatched',
        service,
        case: of.id,
        occurredAt,
        payload: { action: id, reported: said.state },
      }),
    );
    await resend(tx, id, new Date(house.clock.now().getTime() + 5_000));
    return { action: id, state: 'mismatch' };
  }
  const result = gone ? 'moot' : 'acknowledged';
  const because = await append(house, tx, {
    kind: 'action.acknowledged',
    service,
    case: of.id,
    occurredAt,
    payload: { action: id, reported: said.state, result, ...keptBy(action) },
  });
  await enforcement.settle(because);
  await finish(tx, id, house.clock.now());
  await cases.stopClocks(because, because.payload.subject, because.payload.stops);
  await answerInstruction(house, tx, of, action);
  if (gone) await tellMoot(house, tx, of, action);
  await closeDone(house, tx, of.item);
  return { action: id, state: result };
}
