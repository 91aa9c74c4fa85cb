import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { connectPools } from './pools.ts';
import { type Database, later, openDatabase, reading, type Tx } from './transaction.ts';

interface Tables {
  thing: { id: number; text: string | null };
}

let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  // One connection, so that what a transaction leaves behind would be found by the next.
  db = openDatabase(connectPools({ url: fresh.url, sizes: { doors: 1 } }));
  await doors((tx) => sql`create temporary table thing (id int primary key, text text)`.execute(reading(tx)));
});
afterAll(async () => {
  await db.end();
  await fresh.drop();
});

const doors = <T>(work: (tx: Tx) => Promise<T>) => db.begin('doors', work);
const put = (tx: Tx, id: number, text: string | null = null) => reading<Tables>(tx).insertInto('thing').values({ id, text }).execute();
const all = async (tx: Tx) => (await reading<Tables>(tx).selectFrom('thing').select('id').orderBy('id').execute()).map(({ id }) => id);
const ids = () => doors(all);
const failing = (tx: Tx) => sql`select 1 / ${0}::int`.execute(reading(tx));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

test('statements that are given at once are answered each with its own, in their order', async () => {
  const seen = await doors(async (tx) => {
    const rows = await Promise.all([
      put(tx, 1, 'a'),
      all(tx),
      put(tx, 2),
      all(tx),
      sql`delete from thing where id = ${2}`.execute(reading(tx)),
      all(tx),
    ]);
    return [rows[1], rows[3], rows[4].numAffectedRows, rows[5]];
  });
  expect(seen).toEqual([[1], [1, 2], 1n, [1]]);
  expect(await ids()).toEqual([1]);
});

test('what is given while others are under way goes after them', async () => {
  const warned: unknown[] = [];
  const note = (warning: unknown) => warned.push(warning);
  process.on('warning', note);
  const seen = await doors(async (tx) => {
    const given: Promise<unknown>[] = [sql`select pg_sleep(0.05)`.execute(reading(tx))];
    for (let n = 0; n < 3; n += 1) {
      // Each by itself: those before have left by now, and are not answered.
      await new Promise((resolve) => setImmediate(resolve));
      given.push(all(tx));
    }
    return (await Promise.all(given)).slice(1);
  });
  process.off('warning', note);
  expect(seen).toEqual([[1], [1], [1]]);
  // `pg` will refuse what it would have to keep waiting.
  expect(warned).toEqual([]);
});

test('values come back as from a statement alone', async () => {
  const asked = (tx: Tx) =>
    sql`select ${null}::text as nothing, ${'பொருள்'}::text as text, ${new Date(0)}::timestamptz as time, ${7}::int8 as big,
      ${['a', null]}::text[] as list, ${Buffer.from('x')}::bytea as bytes, '2026-11-24'::date as day, ${{ a: 1 }}::jsonb as json`.execute(
      reading(tx),
    );
  const row = {
    nothing: null,
    text: 'பொருள்',
    time: new Date(0),
    big: 7,
    list: ['a', null],
    bytes: Buffer.from('x'),
    day: '2026-11-24',
    json: { a: 1 },
  };
  // The first time its columns are asked for, then they are known.
  for (const _ of [1, 2])
    expect(await doors(async (tx) => (await Promise.all([asked(tx), asked(tx)])).map(({ rows }) => rows))).toEqual([[row], [row]]);
  expect(await codeOf(doors((tx) => sql`select ${'9007199254740993'}::int8`.execute(reading(tx))))).toContain('too great');
});

test('none is done after one that fails, and those who wait hear what failed', async () => {
  const codes: string[] = [];
  expect(
    await codeOf(
      doors(async (tx) => {
        codes.push(...(await Promise.all([codeOf(all(tx)), codeOf(failing(tx)), codeOf(all(tx))])), await codeOf(all(tx)));
        await put(tx, 3);
      }),
    ),
  ).toBe('22012');
  expect(codes).toEqual(['none', '22012', '22012', '22012']);
  expect(await ids()).toEqual([1]);
});

test('what nobody waited for is done with the commit, or undoes all with its own reason', async () => {
  await doors(async (tx) => later(sql`update thing set text = ${'b'} where id = ${1}`.execute(reading(tx))));
  expect(await codeOf(doors((tx) => put(tx, 1)))).toBe('23505');
  expect(
    await codeOf(
      doors(async (tx) => {
        await put(tx, 4);
        later(failing(tx));
        // Sent by now, and answered: the next statement is told of it.
        await new Promise((resolve) => setImmediate(resolve));
        await all(tx);
      }),
    ),
  ).toBe('22012');
  expect(await ids()).toEqual([1]);
});

test('a failure that is caught does not let the rest be committed, unless it was put behind a savepoint', async () => {
  expect(await codeOf(doors(async (tx) => [await put(tx, 5), await codeOf(failing(tx))]))).toBe('22012');
  await doors(async (tx) => {
    await put(tx, 6);
    later(sql`savepoint here`.execute(reading(tx)));
    await codeOf(failing(tx));
    await sql`rollback to savepoint here`.execute(reading(tx));
    await put(tx, 7);
  });
  expect(await ids()).toEqual([1, 6, 7]);
});

test('a statement that could not be parsed is not taken for known', async () => {
  const wrong = (tx: Tx) => sql`select * from nowhere where id = ${1}`.execute(reading(tx));
  for (const _ of [1, 2]) expect(await codeOf(doors((tx) => Promise.all([failing(tx), wrong(tx)])))).toBe('22012');
  for (const _ of [1, 2]) expect(await codeOf(doors(wrong))).toBe('42P01');
});

test('a thousand inserts in a loop are laid, without all of them waiting at once', async () => {
  const laid = doors(async (tx) => {
    for (let id = 1_000; id < 2_000; id += 1) await put(tx, id);
    return (await all(tx)).length;
  });
  expect(await laid).toBe(1_003);
});

test('who still holds a transaction that has ended cannot speak into the next', async () => {
  const held = await doors(async (tx) => ({ tx }));
  await expect(put(held.tx, 8)).rejects.toThrow('ended');
});

/** In each turn of the loop a row, until it is refused. */
async function goOn(tx: Tx, from: number): Promise<void> {
  for (let id = from; ; id += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await put(tx, id);
  }
}

test('one of several refuses, and nothing of what the others go on to write is kept', async () => {
  const before = await ids();
  let others: Promise<unknown> = Promise.resolve();
  const work = doors((tx) => {
    const refused = all(tx).then(() => Promise.reject(new Error('refused')));
    const meanwhile = all(tx).then(async () => {
      for (let n = 0; n < 9; n += 1) await null;
      await put(tx, 3_000);
      await all(tx);
    });
    others = Promise.allSettled([meanwhile, goOn(tx, 3_001)]);
    return Promise.all([refused, others]);
  });
  await expect(work).rejects.toThrow('refused');
  await others;
  expect(await ids()).toEqual(before);
});

test('what somebody goes on to write who was not waited for is kept with the rest or not at all', async () => {
  let meanwhile: Promise<unknown> = Promise.resolve();
  await doors(async (tx) => {
    meanwhile = goOn(tx, 4_000).catch((error: Error) => error.message);
    await all(tx);
    await put(tx, 3_999);
  });
  expect(await meanwhile).toContain('ended');
  const { rows } = await doors((tx) => sql`select distinct xmin::text from thing where id >= ${3_999}`.execute(reading(tx)));
  expect(rows).toHaveLength(1);
});

test('what cannot even be sent, or not be read, undoes all with its own reason, though nobody waits for it', async () => {
  const before = await ids();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const without = (statement: (tx: Tx) => Promise<unknown>) =>
    codeOf(
      doors(async (tx) => {
        later(statement(tx));
        await put(tx, 5_000);
      }),
    );
  expect(await without((tx) => sql`insert into thing values (5001, ${circular})`.execute(reading(tx)))).toContain('circular');
  expect(await without((tx) => put(tx, 5_001, circular as never))).toContain('circular');
  expect(await without((tx) => sql`insert into thing values (5001, ${sql.lit({} as never)})`.execute(reading(tx)))).toContain('immediate');
  expect(await without((tx) => sql`select ${'9007199254740993'}::int8`.execute(reading(tx)))).toContain('too great');
  expect(await ids()).toEqual(before);
});

test('who hears of a failure hears of the last one, not of one that was gone back behind', async () => {
  const codes: string[] = [];
  const work = doors(async (tx) => {
    later(sql`savepoint here`.execute(reading(tx)));
    codes.push(await codeOf(failing(tx)));
    await sql`rollback to savepoint here`.execute(reading(tx));
    later(sql`select * from nowhere`.execute(reading(tx)));
    codes.push(await codeOf(all(tx)));
  });
  expect(await codeOf(work)).toBe('42P01');
  expect(codes).toEqual(['22012', '42P01']);
});

test('a transaction that could not begin keeps nothing', async () => {
  const owner = new pg.Client(fresh.url);
  await owner.connect();
  await owner.query('create table public.kept (id int); grant all on public.kept to public');
  // So that the connection does not know the word any more.
  await doors(async (tx) => {
    const known = await sql<{ name: string }>`select name from pg_prepared_statements where statement = 'begin'`.execute(reading(tx));
    await sql`deallocate ${sql.ref(known.rows[0]?.name as string)}`.execute(reading(tx));
  });
  const work = doors(async (tx) => {
    await new Promise((resolve) => setImmediate(resolve));
    later(sql`insert into public.kept values (${1})`.execute(reading(tx)));
    await codeOf(sql`select 1 as two`.execute(reading(tx)));
  });
  expect(await codeOf(work)).toBe('26000');
  expect((await owner.query('select id from public.kept')).rows).toEqual([]);
  await owner.end();
});

test('a value that breaks while it is written, or a copy, costs its transaction and the connection, nothing else', async () => {
  const broken = Object.defineProperty(Buffer.from('x'), 'length', {
    get() {
      throw new Error('broken');
    },
  });
  expect(await codeOf(doors((tx) => sql`select ${broken}::bytea`.execute(reading(tx))))).toBe('broken');
  const copying = doors(async (tx) => {
    await sql`create temporary table copied (id int)`.execute(reading(tx));
    await sql`copy copied from stdin`.execute(reading(tx));
  });
  expect(await codeOf(copying)).toContain('copied');
  expect(await doors(async (tx) => (await sql`select 1 as one`.execute(reading(tx))).rows)).toEqual([{ one: 1 }]);
});

test('a connection that is lost fails what waits on it, and the next transaction has another', async () => {
  const owner = new pg.Client(fresh.url);
  await owner.connect();
  const heard: string[] = [];
  const lost = doors(async (tx) => {
    const [of] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(reading(tx))).rows;
    const sent = [sql`select pg_sleep(20)`.execute(reading(tx)), all(tx)];
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = [...sent, all(tx), all(tx)].map(codeOf);
    await owner.query('select pg_terminate_backend($1)', [of?.pid]);
    heard.push(...(await Promise.all(waiting)));
  });
  expect(await codeOf(lost)).not.toBe('none');
  expect(heard.slice(0, 2)).toEqual(['57P01', '57P01']);
  expect(heard.slice(2)).not.toContain('none');
  await owner.end();
  expect(await doors(async (tx) => (await sql`select 1 as one`.execute(reading(tx))).rows)).toEqual([{ one: 1 }]);
});
