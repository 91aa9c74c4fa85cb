import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import * as cases from '../../cases/index.ts';
import { append } from '../../records/index.ts';
import { lockItems } from './lock.ts';

let house: TestHouse;
let see: ReturnType<typeof look>;
beforeAll(async () => {
  house = await testHouse();
  see = look(house);
});
afterAll(() => house.close());

/** Somebody waits for a lock that somebody else holds. */
async function waits(): Promise<void> {
  for (let waiting = 0; waiting === 0; ) {
    const [row] = await see.query<{ n: number }>(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`);
    waiting = row?.n ?? 0;
  }
}

test('who waited for an item while its case was merged holds the other item, too, once it is theirs', async () => {
  const now = play(house);
  const [lead, of] = [await now.report(post('lead')), await now.report(post('other'))];
  const [one, other] = [(await see.case(lead.case)).item, (await see.case(of.case)).item];
  let waiting: Promise<boolean[]> | undefined;
  await house.db.begin('doors', async (tx) => {
    await lockItems(tx, [one, other]);
    waiting = house.db.begin('doors', async (later) => {
      await lockItems(later, [other]);
      // Asked on a connection of their own: may anybody else have it?
      const free = async (item: string) =>
        (await see.query<{ free: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 7357)) as free', [item]))[0]
          ?.free as boolean;
      return [await free(one), await free(other)];
    });
    await waits();
    await cases.merge(
      await append(house, tx, { kind: 'case.merged', service: 'warung', case: of.case, payload: { into: lead.case, why: ['chosen'] } }),
    );
  });
  expect(await waiting).toEqual([false, false]);
});
