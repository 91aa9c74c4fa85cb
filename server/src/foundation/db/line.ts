import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
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
  #underWay = 0;
  #busy = false;
  #failed: unknown;
  #open = true;

  constructor(client: NamingClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const answer = this.send(sql, parameters);
    const rows = rowsLaid(query);
    if (rows !== undefined && this.#underWay < MOST_WAITING) {
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

  /** Sends a statement with those beside it. What an earlier one failed of, and nobody waited for, it fails of, too. */
  send(text: string, values: readonly unknown[] = []): Promise<Answer> {
    if (!this.#open) throw new Error('The transaction has ended.');
    const sent = new Sent(text, this.#client.names.of(text, values), values);
    if (this.#waiting.push(sent) === 1) process.nextTick(() => this.#flush());
    this.#underWay += 1;
    return sent.answer.then(
      (answer) => {
        this.#underWay -= 1;
        return answer;
      },
      (error: unknown) => {
        this.#underWay -= 1;
        this.#failed ??= error;
        throw isConsequence(error) ? this.#failed : error;
      },
    );
  }

  /** @throws what a statement failed of that nobody waited for */
  async commit(): Promise<void> {
    const { command } = await this.send('commit');
    // so PostgreSQL answers where a statement failed before
    if (command === 'ROLLBACK') throw this.#failed ?? new Error('A statement failed, so that the transaction could not commit.');
  }

  /** From here on whoever still holds the transaction is refused: the connection is somebody else's. */
  close(): void {
    this.#open = false;
  }

  /** One batch at a time: what is given meanwhile is the next. */
  #flush(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    const all = this.#waiting;
    this.#waiting = [];
    this.#busy = true;
    const ended = () => {
      this.#busy = false;
      this.#flush();
    };
    this.#client.query(new Batch(all, this.#client, ended));
  }
}

/** How many rows an insert lays that has nothing else to tell: it needs no waiting for. */
function rowsLaid(query: CompiledQuery['query']): number | undefined {
  if (query.kind !== 'InsertQueryNode' || query.returning || query.onConflict || query.values?.kind !== 'ValuesNode') return undefined;
  return (query.values as unknown as { readonly values: readonly unknown[] }).values.length;
}

function isConsequence(error: unknown): boolean {
  return (error as { code?: unknown }).code === IN_FAILED_TRANSACTION;
}
