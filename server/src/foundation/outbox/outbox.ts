import { sql } from 'kysely';
import { later, reading, type Tx, technical } from '../db/transaction.ts';

/** Who takes a message: a service's webhook address, or the mail server, for somebody without an account. */
export type Receiver = 'webhook' | 'email';

/**
 * A message to a service, as it will be sent. `body` is the webhook's whole JSON text, so that every try sends the same bytes. Of an e-mail
 * neither words nor address lie here, out of reach of a person's key: it is written when it leaves.
 */
export interface Message {
  readonly id: string;
  readonly service: string;
  readonly receiver: Receiver;
  readonly type: string;
  /** What it is about: the action or the notice. `finish` takes it. */
  readonly subject: string;
  readonly target: string | null;
  readonly seq: number | null;
  readonly body: string;
  readonly attempts: number;
}

export interface NewMessage {
  readonly id: string;
  readonly service: string;
  readonly receiver?: Receiver;
  readonly type: string;
  readonly subject: string;
  readonly target?: { readonly id: string; readonly seq: number };
  readonly data: unknown;
  readonly notBefore?: Date;
}

/**
 * Lays a message into the outbox, in the transaction of the change that it tells of: sent if that commits, never if it doesn't. At least
 * once. Messages about the same target collapse to the newest, those that were given up among them: nobody wants the older state any more.
 */
export async function enqueue(tx: Tx, message: NewMessage, now: Date): Promise<void> {
  const body = JSON.stringify({ type: message.type, timestamp: now.toISOString(), data: message.data });
  const { target } = message;
  if (target) {
    await sql`update perisai.outbox set done_at = ${now}, collapsed = true
      where target = ${target.id} and seq < ${target.seq} and done_at is null`.execute(technical(tx));
  }
  const laid = sql`insert into perisai.outbox (id, service, receiver, type, subject, target, seq, body, created_at, next_at)
    values (${message.id}, ${message.service}, ${message.receiver ?? 'webhook'}, ${message.type}, ${message.subject}, ${target?.id ?? null}, ${target?.seq ?? null}, ${body}, ${now}, ${message.notBefore ?? now})`;
  later(laid.execute(technical(tx)));
}

/** Messages that leave one after the other: those of one service to one receiver. */
export type Lane = Pick<Message, 'service' | 'receiver'>;

/** The lanes on which something is due now. Walks outbox_due. */
export async function dueLanes(tx: Tx, now: Date): Promise<Lane[]> {
  const { rows } = await sql<Lane>`select distinct service, receiver from perisai.outbox
    where done_at is null and dead_at is null and next_at <= ${now} and (leased_until is null or leased_until < ${now})`.execute(
    reading(tx),
  );
  return rows;
}

/**
 * Takes up to `limit` due messages for a while, of one lane where it is named, what asks for something before what tells of it; a process
 * that dies with them loses only time. Walks outbox_due_to.
 */
export async function takeDue(tx: Tx, now: Date, until: Date, limit: number, lane?: Lane): Promise<Message[]> {
  const { rows } = await sql<Message>`
    update perisai.outbox set leased_until = ${until}, attempts = attempts + 1
    where id in (select id from perisai.outbox where done_at is null and dead_at is null and next_at <= ${now} and (leased_until is null or leased_until < ${now})
      ${lane === undefined ? sql`` : sql`and service = ${lane.service} and receiver = ${lane.receiver}`}
      order by (type <> 'action.requested'), next_at limit ${limit} for update skip locked)
    returning id, service, receiver, type, subject, target, seq, body, attempts`.execute(technical(tx));
  return rows;
}

/** The subject is settled: nothing more is sent about it. Served by outbox_by_subject. */
export async function finish(tx: Tx, subject: string, now: Date): Promise<void> {
  const finished = sql`update perisai.outbox set done_at = ${now}, leased_until = null where subject = ${subject} and done_at is null`;
  later(finished.execute(technical(tx)));
}

/** Sends it again later; `answered` when the receiver took it but has not done it yet. */
export async function postpone(
  tx: Tx,
  id: string,
  next: Date,
  { answered, failure }: { answered: Date | null; failure: string | null },
): Promise<void> {
  const postponed = sql`update perisai.outbox set next_at = ${next}, leased_until = null, failure = ${failure}, answered_at = coalesce(${answered}, answered_at)
    where id = ${id} and done_at is null`;
  later(postponed.execute(technical(tx)));
}

/** Given up after days of tries: stays in sight, blocks its target only, can be sent again by hand. */
export async function bury(tx: Tx, id: string, now: Date, failure: string): Promise<void> {
  await sql`update perisai.outbox set dead_at = ${now}, leased_until = null, failure = ${failure} where id = ${id} and done_at is null`.execute(
    technical(tx),
  );
}

/** A mismatched or dead message goes out again at once. */
export async function resend(tx: Tx, subject: string, now: Date): Promise<void> {
  await sql`update perisai.outbox set dead_at = null, next_at = ${now}, leased_until = null, attempts = 0 where subject = ${subject} and done_at is null`.execute(
    technical(tx),
  );
}

/** A message as whoever looks after the deliveries sees it. */
export interface Standing {
  readonly id: string;
  readonly service: string;
  readonly receiver: Receiver;
  readonly type: string;
  readonly subject: string;
  readonly target: string | null;
  readonly attempts: number;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly nextAt: Date;
  readonly doneAt: Date | null;
  readonly deadAt: Date | null;
  /** A newer message about the same target took its place. */
  readonly collapsed: boolean;
}

const standing = sql`select id, service, receiver, type, subject, target, attempts, failure, created_at as "createdAt", next_at as "nextAt",
  done_at as "doneAt", dead_at as "deadAt", collapsed from perisai.outbox`;

/** Served by the primary key. */
export async function findMessage(tx: Tx, id: string): Promise<Standing | undefined> {
  return (await sql<Standing>`${standing} where id = ${id}`.execute(reading(tx))).rows[0];
}

/** What does not arrive, the given up first, then the oldest; of one service where it is named. Walks outbox_failing. */
export async function stuck(
  tx: Tx,
  { service, dead = false }: { service?: string | undefined; dead?: boolean },
  limit: number,
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`${standing} where done_at is null and failure is not null
    ${service === undefined ? sql`` : sql`and service = ${service}`} ${dead ? sql`and dead_at is not null` : sql``}
    order by dead_at is null, created_at, id limit ${limit}`.execute(reading(tx));
  return rows;
}

/** One message goes out again at once, whatever became of it. */
export async function sendAgain(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update perisai.outbox set dead_at = null, done_at = null, next_at = ${now}, leased_until = null, attempts = 0 where id = ${id}`.execute(
    technical(tx),
  );
}

/** How the messages to one service fare. */
export interface Delivery {
  readonly service: string;
  readonly receiver: Receiver;
  /** Given up. */
  readonly dead: number;
  /** Tried in vain at least once, and tried again. */
  readonly failing: number;
  /** The oldest message of those that are failing. */
  readonly since: Date | null;
  /** Why the last of them failed: a code, never a body. */
  readonly failure: string | null;
}

/** One row a lane that has messages which do not arrive; none is the good news. Walks outbox_due, and the dead by sequence: for the doctor. */
export async function undelivered(tx: Tx): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select service, receiver, count(dead_at) as dead, count(*) filter (where dead_at is null) as failing,
      min(created_at) filter (where dead_at is null) as since, (array_agg(failure order by next_at desc))[1] as failure
    from perisai.outbox where done_at is null and failure is not null group by service, receiver order by service, receiver`.execute(
    reading(tx),
  );
  return rows;
}

const keptMs = 30 * 24 * 3_600_000;

/**
 * Forgets what was finished more than 30 days ago, at most 5,000 at a time; gives how many, so that a job goes on until 0. A body names people
 * and what they were told, out of reach of their keys. Walks outbox_done.
 */
export async function forgetMessages(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql`delete from perisai.outbox where id = any (array(
      select id from perisai.outbox where done_at < ${new Date(now.getTime() - keptMs)} order by done_at limit 5000)) returning 1`.execute(
    technical(tx),
  );
  return rows.length;
}
