import type { Duplex } from 'node:stream';
import pg from 'pg';

export interface Answer {
  readonly command: string;
  readonly rows: Row[];
  /** Null where the command has none. */
  readonly count: number | null;
}
type Row = Record<string, unknown>;

/** How the columns of a statement are read. */
type Columns = readonly { readonly name: string; readonly read: (value: string) => unknown }[];

/** One statement on its way, and who waits for its answer. */
export class Sent {
  readonly text: string;
  /** By which the connection knows it already, or will; undefined where it is not worth it. */
  readonly name: string | undefined;
  readonly values: readonly unknown[];
  readonly answer: Promise<Answer>;
  readonly rows: Row[] = [];
  columns: Columns | undefined;
  described = false;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;

  /** @throws where a value is none that could be sent */
  constructor(text: string, name: string | undefined, values: readonly unknown[]) {
    this.text = text;
    this.name = name;
    this.values = values.map(asSent);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.resolve = resolve;
    this.reject = reject;
  }
}
const asSent = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils.prepareValue;

/** What `pg` gives a query of one's own to write to. */
interface Wire {
  readonly stream: Duplex;
  /** Name → text of what the server has parsed; `pg` writes into it, by `name` and `text` of the query that is being answered. */
  readonly parsedStatements: Record<string, string>;
  parse(given: { name: string | undefined; text: string }): void;
  bind(given: { statement: string | undefined; values: readonly unknown[] }): void;
  describe(given: { type: 'P' }): void;
  execute(given: object): void;
  sync(): void;
}

/** What columns the prepared statements of a connection have: PostgreSQL refuses to run one whose columns have changed, so they are asked once. */
export type Shapes = Map<string, Columns | undefined>;

/**
 * Several statements as one message and one answer: PostgreSQL runs them in their order, and none after the first that fails. On one machine
 * waking the other process costs more than most statements do, on two the way there and back; either is paid once.
 */
export class Batch {
  readonly #all: readonly Sent[];
  readonly #shapes: Shapes;
  readonly #readerOf: (type: number) => (value: string) => unknown;
  readonly #ended: () => void;
  #at = 0;

  /** @param ended called once, when no answer is to come any more */
  constructor(all: readonly Sent[], client: pg.ClientBase & { readonly shapes: Shapes }, ended: () => void) {
    this.#all = all;
    this.#ended = ended;
    this.#shapes = client.shapes;
    this.#readerOf = (type) => client.getTypeParser(type, 'text');
  }

  get name(): string | undefined {
    return this.#all[this.#at]?.name;
  }
  get text(): string | undefined {
    return this.#all[this.#at]?.text;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    try {
      this.#write(wire);
    } catch (error) {
      // Half a message may have left: the connection ends, and tells everybody who waits on it why.
      wire.stream.destroy(error as Error);
    }
    wire.stream.uncork();
  }

  #write(wire: Wire): void {
    const parsing = new Set<string>();
    for (const { name, text, values } of this.#all) {
      if (name === undefined || !(name in wire.parsedStatements || parsing.has(name))) wire.parse({ name, text });
      if (name !== undefined) parsing.add(name);
      wire.bind({ statement: name, values });
      if (name === undefined || !this.#shapes.has(name)) wire.describe({ type: 'P' });
      wire.execute({});
    }
    wire.sync();
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const sent = this.#all[this.#at] as Sent;
    sent.columns = fields.map(({ name, dataTypeID }) => ({ name, read: this.#readerOf(dataTypeID) }));
    sent.described = true;
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const sent = this.#all[this.#at] as Sent;
    const columns = sent.described ? sent.columns : this.#shapes.get(sent.name as string);
    const row: Row = {};
    try {
      columns?.forEach(({ name, read }, index) => {
        const value = fields[index] as string | null;
        row[name] = value === null ? null : read(value);
      });
    } catch (error) {
      sent.reject(error);
    }
    sent.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const sent = this.#all[this.#at] as Sent;
    // it has been asked what it looks like, or was known
    if (sent.name !== undefined && !this.#shapes.has(sent.name)) this.#shapes.set(sent.name, sent.columns);
    this.#at += 1;
    const [, command = text, count] = /^([A-Z]+)(?:.* (\d+))?$/.exec(text) ?? [];
    sent.resolve({ command, rows: sent.rows, count: count === undefined ? null : Number(count) });
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  /** Of a statement, which ends the batch; or of the connection. */
  handleError(error: Error): void {
    Error.captureStackTrace(error, this.handleError);
    for (const sent of this.#all.slice(this.#at)) sent.reject(error);
    this.#at = this.#all.length;
    this.#ended();
  }

  /** Not called after an error. */
  handleReadyForQuery(): void {
    if (this.#at < this.#all.length) this.handleError(new Error('The database left a statement unanswered.'));
    else this.#ended();
  }

  handleCopyInResponse(connection: pg.Connection): void {
    // PostgreSQL would wait for what it has overread while it waited for rows.
    (connection as unknown as Wire).stream.destroy(new Error('Nothing is copied this way.'));
  }

  handleCopyData(): void {
    // refused above
  }

  handlePortalSuspended(): void {
    // all rows are asked for at once
  }
}
