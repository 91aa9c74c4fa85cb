import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import pg from 'pg';
import { type Answer, Batch, Sent } from './batch.ts';
import type { NamingClient } from './pools.ts';

const IN_FAILED_TRANSACTION = '25P02';
/** So many statements may be under way before somebody has to wait: a loop of inserts is neither kept in memory nor from other work. */
const MOST_WAITING = 64;

/**
 * A connection for one transaction. Statements are sent in the order in which they are given; all those that are given before anybody has to
 * wait for an answer go as one batch. So `Promise.all` of statements that do not need each other costs one way there and back, and so does
 * an insert with what follows it.
 */
export class Line implements DatabaseConnection {
  readonly #client: NamingClient;
  #waiting: Sent[] = [];
  readonly #unanswered = new Set<Sent>();
  #busy = false;
  #open = true;
  #undoing = false;
  /** What went wrong first since the last savepoint that was returned to. */
  #failed: unknown;
  /** What went wrong in this process first: PostgreSQL knows nothing of it, and would commit the rest. */
  #ours: unknown;

  constructor(client: NamingClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const answer = this.send(sql, parameters);
    const rows = rowsLaid(query);
    if (rows !== undefined && this.#unanswered.size <= MOST_WAITING) {
      answer.catch(() => undefined);
      return { rows: [], numAffectedRows: BigInt(rows) };
    }
    const { rows: found, count, command } = await answer;
    return { rows: found as Row[], ...(count === null || command === 'SELECT' ? {} : { numAffectedRows: BigInt(count) }) };
  }

  // biome-ignore lint/correctness/useYield: a transaction's rows are read whole
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('Rows are not streamed.');
  }

  /** Goes with what comes first. */
  begin(): void {
    // told by the commit
    this.#give('begin').catch(() => undefined);
  }

  /** Sends a statement with those beside it. What an earlier one failed of, and nobody waited for, it fails of, too. */
  send(text: string, values: readonly unknown[] = []): Promise<Answer> {
    if (!this.#open) throw ended();
    return this.#give(text, values);
  }

  /** Something that should have been sent could not: all the rest is not kept without it, whoever heard of it. */
  fail(error: unknown): void {
    this.#failed ??= error;
    this.#ours ??= error;
  }

  /**
   * From here on whoever still holds the transaction is refused: what they send would be kept by itself.
   * @throws what a statement failed of that nobody waited for; then nothing is kept once it is rolled back
   */
  async commit(): Promise<void> {
    this.#open = false;
    // A commit is not taken back: whether an answer can be read has to be known before.
    const unread = [...this.#unanswered].filter(tells);
    if (unread.length > 0) await Promise.allSettled(unread.map(({ answer }) => answer));
    if (this.#ours !== undefined) throw this.#ours;
    const { command } = await this.#give('commit');
    // so PostgreSQL answers where a statement failed before
    if (command === 'ROLLBACK') throw this.#failed ?? new Error('A statement failed, so that the transaction could not commit.');
  }

  /**
   * From here on whoever still holds the transaction is refused, and what waits is not sent any more.
   * @throws where nobody knows what became of it: the connection is good for nothing then
   */
  async rollback(): Promise<void> {
    this.#undoing = true;
    this.#close(ended());
    await this.#give('rollback');
  }

  #close(why: unknown): void {
    this.#open = false;
    for (const sent of this.#waiting.splice(0)) sent.reject(why);
  }

  #give(text: string, values: readonly unknown[] = []): Promise<Answer> {
    const sent = this.#sent(text, values);
    if (this.#waiting.push(sent) === 1) process.nextTick(() => this.#flush());
    this.#unanswered.add(sent);
    return sent.answer.then(
      (answer) => {
        this.#unanswered.delete(sent);
        if (answer.command === 'ROLLBACK' && text !== 'commit') this.#failed = undefined;
        return answer;
      },
      (error: unknown) => {
        this.#unanswered.delete(sent);
        this.#failed ??= error;
        if (!(error instanceof pg.DatabaseError) || text === 'begin') this.#ours ??= error;
        // What follows would be kept statement by statement.
        if (text === 'begin' && !this.#undoing) this.#close(error);
        throw isConsequence(error) ? this.#failed : error;
      },
    );
  }

  #sent(text: string, values: readonly unknown[]): Sent {
    try {
      return new Sent(text, this.#client.names.of(text, values), values);
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** One batch at a time: what is given meanwhile is the next. */
  #flush(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    const all = this.#waiting;
    this.#waiting = [];
    this.#busy = true;
    const answered = () => {
      this.#busy = false;
      // After those who wait have heard, so that nothing goes behind a `begin` that failed.
      queueMicrotask(() => this.#flush());
    };
    this.#client.query(new Batch(all, this.#client, answered));
  }
}

/** How many rows an insert lays that has nothing else to tell: it needs no waiting for. */
function rowsLaid(query: CompiledQuery['query']): number | undefined {
  if (query.kind !== 'InsertQueryNode' || query.returning || query.onConflict || query.values?.kind !== 'ValuesNode') return undefined;
  return (query.values as unknown as { readonly values: readonly unknown[] }).values.length;
}

/** Whether it may be answered with something that has to be read. */
function tells({ text }: Sent): boolean {
  return !/^(?:begin|savepoint|release|insert|update|delete)\b/i.test(text.trimStart()) || /\breturning\b/i.test(text);
}

const ended = () => new Error('The transaction has ended.');

function isConsequence(error: unknown): boolean {
  return (error as { code?: unknown }).code === IN_FAILED_TRANSACTION;
}
