import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { materialOf } from '../../views/material.ts';
import { screen } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
beforeAll(async () => {
  house = await testHouse({ seed: 'live' });
  now = play(house);
});
afterAll(() => house.close());

const digest = (words: string) => createHash('sha256').update(words).digest('hex');
const at = (number: number) => ({
  number,
  from: `2026-11-24T01:${String(number).padStart(2, '0')}:00.000Z`,
  until: `2026-11-24T01:${String(number).padStart(2, '0')}:30.000Z`,
});
/** A live session at one of its parts; it has the parts from `first` to `last` now. */
const session = (id: string, part: number, first: number, last: number) =>
  post(id, {
    kind: 'live',
    revision: `part-${part}`,
    segment: at(part),
    segments: Array.from({ length: last - first + 1 }, (_, n) => ({ ...at(first + n), sha256: digest(`${id} ${first + n}`) })),
    media: [{ sha256: digest(`${id} ${part}`), type: 'video/mp4' }],
  });
const sealed = async (of: string) => {
  const targets = await look(house).query<{ revision: string }>('select revision from cases.target where case_id = $1', [of]);
  return house.db.begin('doors', (tx) =>
    materialOf(
      house,
      tx,
      targets.map(({ revision }) => revision),
    ),
  );
};

test('a live session that is reported is sealed at the part that was seen, with all its parts then, while it moves on', async () => {
  const first = await now.report(session('stream', 2, 1, 3));
  // A minute later somebody else reports the same part; the session has moved on.
  const second = await now.report(session('stream', 2, 2, 4), { by: 'another' });
  expect(second.case).toBe(first.case);
  const [part, ...others] = await sealed(first.case);
  expect(others).toEqual([]);
  expect(part?.segment).toEqual(at(2));
  expect(part?.segments.map(({ number, sha256 }) => [number, sha256])).toEqual([1, 2, 3].map((n) => [n, digest(`stream ${n}`)]));
  // Another part is another revision, of the same case.
  await now.report(session('stream', 4, 2, 4), { by: 'a third' });
  expect((await sealed(first.case)).map(({ segment }) => segment?.number).sort()).toEqual([2, 4]);
});

test('any part that a bank of hashes knows interrupts the session at once, whichever part was seen', async () => {
  house.engine.addHashes('test-marker', [{ sha256: digest('screened 1') }, { sha256: digest('reported 1') }]);
  const { screened, raised } = await screen(house, 'warung', session('screened', 3, 1, 3));
  expect(screened.verdict).toBe('withhold');
  const { case: of } = await now.report(session('reported', 3, 1, 3));
  for (const id of [raised?.case as string, of])
    expect((await look(house).actions(id)).map(({ desired }) => desired)).toEqual(['interrupted']);
});
