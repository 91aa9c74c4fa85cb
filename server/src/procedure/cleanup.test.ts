import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { look } from '../../test/look.ts';
import { hour, play, post } from '../../test/play.ts';
import { deletedRows } from './cleanup.ts';
import { foreignSchemas } from './fold.ts';
import { moderationJobs } from './moderation/moderation.jobs.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test('the application may delete from the tables that are named, and from no other', async () => {
  const client = new pg.Client({ connectionString: house.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.role_table_grants
     where grantee = 'perisai_app' and privilege_type = 'DELETE' and table_schema <> all ($1) order by 1`,
    [foreignSchemas],
  );
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual(deletedRows.map(({ what }) => what).sort());
});

test('a message is forgotten thirty days after it was finished; what still waits is not', async () => {
  const [now, see] = [play(house), look(house)];
  await now.report(post('told'));
  await house.settle();
  await now.deliver();
  await now.report(post('waiting'), { by: 'another' });
  await house.settle();
  const forget = moderationJobs(house)['forget-messages'] as () => Promise<void>;
  house.clock.advance(30 * 24 * hour);
  await forget();
  expect(await see.messages()).toHaveLength(2);
  house.clock.advance(1);
  await forget();
  expect((await see.messages()).map(({ text }) => text.includes('another'))).toEqual([true]);
});
