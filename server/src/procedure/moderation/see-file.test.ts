import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { handedIn, onePoint } from '../../../test/pictures.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Member } from '../../staff/index.ts';
import { escalate } from './escalate.ts';
import { lockCase } from './lock.ts';
import { seeFile } from './see-file.ts';

let house: TestHouse;
let see: ReturnType<typeof look>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse();
  see = look(house);
  moderator = await enrolled(house, 'senior-moderator');
});
afterAll(() => house.close());

/** A picture that was reported, and what asks for it. */
async function pictured(id: string) {
  const { case: of } = await play(house).report(post(id, { media: [handedIn(onePoint)] }));
  const [target] = await see.query<{ revision: string }>('select revision from cases.target where case_id = $1', [of]);
  const revision = target?.revision as string;
  return { case: of, revision, place: 0, why: 'deciding the case', revealed: false, since: house.clock.now() } as const;
}
const looks = async (of: string) => (await see.records(of)).filter(({ kind }) => kind === 'material.viewed').length;

/** Somebody waits for a lock that somebody else holds. */
async function waits(): Promise<void> {
  for (let waiting = 0; waiting === 0; ) {
    const [row] = await see.query<{ n: number }>(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`);
    waiting = row?.n ?? 0;
  }
}

test('a file asked for while its case becomes one of child abuse material is given to nobody outside that lane', async () => {
  const asked = await pictured('race');
  let seen: Promise<string> | undefined;
  await house.db.begin('doors', async (tx) => {
    await escalate(house, tx, await lockCase(tx, asked.case), 'csam', null, house.clock.now());
    seen = seeFile(house, moderator, asked).then(
      ({ bytes }) => `${bytes.length} bytes`,
      (error: { code: string }) => error.code,
    );
    await waits();
  });
  expect(await seen).toBe('forbidden');
  expect(await looks(asked.case)).toBe(0);
});

test('no connection waits while a file is fetched and opened', async () => {
  const asked = await pictured('film');
  const waiting: number[] = [];
  // As the owner of the database: what others do is not for the role that the house works under.
  const client = new pg.Client({ connectionString: house.url });
  await client.connect();
  const blobs: TestHouse['blobs'] = Object.assign(Object.create(house.blobs) as TestHouse['blobs'], {
    get: async (path: string) => {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
      waiting.push(rows[0]?.n as number);
      return house.blobs.get(path);
    },
  });
  const { bytes } = await seeFile({ ...house, blobs }, moderator, asked);
  await client.end();
  expect([bytes.equals(onePoint), waiting, await looks(asked.case)]).toEqual([true, [0], 1]);
});
