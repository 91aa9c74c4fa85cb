import pg from 'pg';
import type { Log } from '../log.ts';
import { errorLine } from '../log.ts';
import type { Shapes } from './batch.ts';
import { APP_ROLE } from './migrate.ts';
import { Names } from './names.ts';

/** Three small pools, so that a busy door never starves the sealer or a timer. */
export interface Pools {
  /** For HTTP: public pages, API, staff pages. */
  doors: pg.Pool;
  /** For the loop that sequences, seals and notifies. */
  spine: pg.Pool;
  /** For jobs and promises. */
  jobs: pg.Pool;
  /** Closes all three when their connections have been given back. */
  end(): Promise<void>;
}

export interface PoolOptions {
  url: string;
  /** Where connections broken by the server are reported, by code only. */
  log?: Log;
  sizes?: { doors?: number; spine?: number; jobs?: number };
}

const SIZES = { doors: 8, spine: 2, jobs: 4 };

/**
 * The pools, connected lazily. Every connection takes the role `perisai_app` as it starts, whoever's url it is, so that the application
 * never runs with an owner's rights; the url's user must be a member of that role (`migrate` makes its own user one).
 *
 * Statements end after 30 s, idle transactions and, from PostgreSQL 17 on, transactions as a whole after 60 s.
 */
export function connectPools({ url, log, sizes = {} }: PoolOptions): Pools {
  const open = (name: keyof typeof SIZES) =>
    connectPool({ url, name, max: sizes[name] ?? SIZES[name], ...(log === undefined ? {} : { log }) });
  const pools = { doors: open('doors'), spine: open('spine'), jobs: open('jobs') };
  return {
    ...pools,
    async end() {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}

/** One pool, by the rules that `connectPools` tells. */
export function connectPool({ url, name, max, log }: { url: string; name: string; max: number; log?: Log }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withSettings(url),
    application_name: `perisai ${name}`,
    max,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: { getTypeParser },
    Client: NamingClient,
    onConnect: limitTransactions,
  } as pg.PoolConfig);
  const lost = (error: Error) =>
    pool.ending || log?.warn({ pool: name, ...errorLine(error), stack: undefined }, 'a database connection was lost');
  // without these a stopped PostgreSQL ends the process: idle connections tell the pool, lent ones only themselves
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

const SESSION = { role: APP_ROLE, statement_timeout: '30s', idle_in_transaction_session_timeout: '60s', timezone: 'UTC' };

function withSettings(url: string): string {
  const settings = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
  const [base = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('options', [parameters.get('options') ?? '', ...settings].join(' ').trim());
  // a plus for a blank is the form of forms, not of urls
  return `${base}?${parameters.toString().replaceAll('+', '%20')}`;
}

/** Can't be a setting of the start, which an older server would refuse. */
async function limitTransactions(client: pg.ClientBase): Promise<void> {
  await client.query("select set_config('transaction_timeout', '60s', false) where current_setting('server_version_num')::int >= 170000");
}

const { INT8, DATE } = pg.types.builtins;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;
const TEXT_ARRAY = 1009;

/** `int8` as number, `date` as text (a day has no time zone), the rest as `pg` does: `timestamptz` as `Date`, `numeric` as text. */
function getTypeParser(type: number, format?: 'text' | 'binary'): unknown {
  if (format !== 'binary') {
    if (type === INT8) return safeInteger;
    if (type === DATE) return (value: string) => value;
    if (type === INT8_ARRAY) return (value: string) => textArray(value).map((element) => (element === null ? null : safeInteger(element)));
    if (type === DATE_ARRAY) return textArray;
  }
  return pg.types.getTypeParser(type, format as 'text');
}

const textArray = (pg.types.getTypeParser as (type: number, format: 'text') => unknown)(TEXT_ARRAY, 'text') as (
  value: string,
) => (string | null)[];

/** @throws RangeError above 2^53 - 1, where a number would silently become another */
function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`The database holds ${value}, which is too great for a number.`);
  return number;
}

/** A client that names its statements (names.ts), and sends several as one where a transaction has them ready (batch.ts). */
export class NamingClient extends pg.Client {
  readonly names = new Names();
  readonly shapes: Shapes = new Map();
}

const plainQuery = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown;

NamingClient.prototype.query = function (this: NamingClient, ...given: unknown[]): unknown {
  const [text, values, ...rest] = given;
  // without values it goes by the simple protocol, which may hold several statements
  const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? this.names.of(text, values) : undefined;
  return name === undefined ? plainQuery.apply(this, given) : plainQuery.call(this, { name, text, values }, ...rest);
} as typeof pg.Client.prototype.query;
