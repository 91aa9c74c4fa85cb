import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../../test/desk.ts';
import { keyFor } from '../../../test/doors.ts';
import { look } from '../../../test/look.ts';
import { systemClock } from '../../foundation/clock.ts';
import { operationChecks } from '../../views/operation.ts';

let desk: TestDesk;
let key: string;
beforeAll(async () => {
  desk = await openDesk({ seed: 'counts' });
  key = await keyFor(desk.house);
});
afterAll(() => desk.close());

const figures = {
  surface: 'public-feed',
  day: '2026-11-20',
  peak: 410_000,
  daily: 2_400_000,
  monthly: 7_300_000,
  method: 'Once a person.',
};
async function say(more: object): Promise<readonly [number, string | undefined]> {
  const answer = await fetch(`${desk.url}/v1/counts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...figures, ...more }),
  });
  return [answer.status, ((await answer.json()) as { code?: string }).code];
}
const doctor = async () =>
  (
    await operationChecks({ ...desk.house, clock: desk.house.clock ?? systemClock })
      .find(({ name }) => name === 'counts')
      ?.run()
  )?.state;

test('the approach to eight million and its crossing show on the page and to the doctor; each figure is a record', async () => {
  const awan = await desk.logIn('intan');
  expect(await awan.page('/desk/counts')).toContain('No figures yet');
  expect(await doctor()).toBe('good');
  expect(await say({})).toEqual([200, undefined]);
  expect(await awan.page('/desk/counts')).toContain('Near it');
  expect(await doctor()).toBe('warn');
  expect(await say({ monthly: 8_000_000 })).toEqual([200, undefined]);
  expect(await awan.page('/desk/counts')).toContain('Crossed');
  expect(await doctor()).toBe('bad');
  const kept = (await look(desk.house).records()).filter(({ kind }) => kind === 'users.counted');
  expect(kept.map(({ payload }) => payload['monthly'])).toEqual([7_300_000, 8_000_000]);
});

test('a day to come, one that no calendar has, more people in a day than in its month, and an unknown surface are refused', async () => {
  expect(await say({ day: '2099-01-01' })).toEqual([400, 'time-in-future']);
  expect(await say({ day: '2026-02-30' })).toEqual([400, 'field-wrong']);
  expect(await say({ daily: 9_000_000 })).toEqual([400, 'field-wrong']);
  expect(await say({ surface: 'nowhere' })).toEqual([422, 'surface-unknown']);
});
