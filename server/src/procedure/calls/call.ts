import * as calls from '../../calls/index.ts';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { enqueue, findMessage } from '../../foundation/outbox/outbox.ts';
import { append, type Party } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { headOf } from './whose.ts';

/** What somebody is called about. */
export interface Cause {
  readonly about: calls.About;
  /** Its case, locked by the caller; null where it is about none. */
  readonly of: cases.Case | null;
  readonly service: string;
  readonly clock?: cases.ClockName;
  readonly subject: string;
  readonly dueAt?: Date;
}

/**
 * Calls whoever is to know, in the transaction of what they are called about: it stands on their desk, and goes to the operator's webhook. Until
 * somebody answers it is repeated (`repeatCalls`).
 */
export async function call(house: House, tx: Tx, { about, of, service, clock, subject, dueAt }: Cause): Promise<void> {
  const id = house.ids.next();
  const { roles, people, short } = calls.whoIsCalled({ about, harm: of?.harm ?? null, clock: clock ?? null }, await staff.roster(tx));
  await calls.make(
    await append(house, tx, {
      kind: 'call.made',
      ...headOf({ of, service }),
      parties: called(people),
      payload: {
        call: id,
        about,
        clock: clock ?? null,
        subject,
        due_at: dueAt?.toISOString() ?? null,
        roles: [...roles],
        called: people.length,
        short,
      },
    }),
  );
  await ring(house, tx, id);
}

/** Whose keys name them. */
export function called(people: readonly string[]): Party[] {
  return people.map((party, n) => ({ role: `called ${n + 1}`, party, purpose: 'staff' }));
}

/** To the webhook of the service; of what concerns the whole provider to every one. Where to answer, and of whom or what it is nothing. */
export async function ring(house: House, tx: Tx, id: string): Promise<void> {
  const { about, clock, dueAt, times, service, ...made } = (await calls.call(tx, id)) as calls.Call;
  const deaf = about === 'undelivered' && (await findMessage(tx, made.subject as string))?.receiver === 'webhook';
  // To whom orders and notices do not get, this does not get either.
  const to = deaf
    ? []
    : (await subjects.services(tx)).filter(
        ({ slug, webhookUrl }) => webhookUrl !== null && (service === staff.wholeProvider || slug === service),
      );
  // What is kept secret in its case is hinted at to nobody outside.
  if (made.case !== null && (await cases.secreciesOf(tx, made.case)).some(({ state }) => state === 'running')) return;
  const data = {
    call: id,
    about,
    clock,
    case: made.case,
    due_at: dueAt?.toISOString() ?? null,
    times,
    answer_url: `${house.publicUrl}/desk/calls`,
  };
  for (const { slug } of to)
    await enqueue(tx, { id: house.ids.next(), service: slug, type: 'call.made', subject: id, data }, house.clock.now());
  if (to.length > 0) tx.afterCommit(house.nudgeOutbox);
  house.log.warn({ call: id, about, case: made.case, short: made.short }, 'somebody is called and must answer at /desk/calls');
}
