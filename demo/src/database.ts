import pg from 'pg';
import { schema } from './schema.ts';

/** Something that runs SQL: the pool, or the connection of an open transaction. */
export interface Sql {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** Warung's database: single statements, and transactions that are whole or not at all. */
export interface Database extends Sql {
  /** Runs `work` in one transaction; an error rolls it back and is thrown on. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** Two Warungs that start at once must not create the same tables at once. */
const schemaLock = 8090;

/** Connects, and creates the tables that are missing. `complain` hears of connections that broke while idle. */
export async function openDatabase(url: string, complain: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 8, connectionTimeoutMillis: 10_000 });
  pool.on('error', complain);
  const database: Database = {
    query: (text, values) => pool.query(text, values),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(client);
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        // A connection whose rollback fails is thrown away; the first error is the one to tell.
        await client.query('rollback').then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
    end: () => pool.end(),
  };
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [schemaLock]);
    await sql.query(schema);
  });
  return database;
}
