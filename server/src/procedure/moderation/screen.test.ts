import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post, scamText } from '../../../test/play.ts';
import { defineSurface } from '../setup/service.ts';
import { screen, writeCounts } from './index.ts';

let house: TestHouse;
let see: ReturnType<typeof look>;
let now: ReturnType<typeof play>;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
});
afterAll(() => house.close());

const scam = (id: string, more: Parameters<typeof post>[1] = {}) => post(id, { text: scamText, ...more });
const recordsNow = async () => (await see.records()).length;

test('content that raises nothing is allowed and not stored, only counted', async () => {
  const before = await recordsNow();
  expect(await screen(house, 'warung', post('harmless'))).toMatchObject({ screened: { verdict: 'allow' }, raised: null });
  expect(await recordsNow()).toBe(before);
  await writeCounts(house);
  const counted = (await see.records()).filter(({ kind }) => kind === 'screening.counted');
  expect(counted).toMatchObject([{ payload: { surface: 'public-feed', allowed: 1 } }]);
});

test('what is withheld is hidden in the same transaction, by a decision with a clause that says a machine made it', async () => {
  const { screened, raised } = await screen(house, 'warung', scam('withheld'));
  expect(screened.verdict).toBe('withhold');
  expect(raised).toMatchObject({
    targetSeq: 1,
    decision: { stage: 'temporary', automated: 'fully', clause: screened.clause, decidedBy: null },
  });
  const of = raised?.case as string;
  expect((await see.records(of)).map(({ kind }) => kind)).toEqual(['case.opened', 'verdict.given', 'decision.made', 'action.ordered']);
  expect(await see.actions(of)).toMatchObject([{ do: 'make-inaccessible', temporary: true }]);
});

test('the verdict names the versions of everything it was made with, and the decision the policy’s', async () => {
  const { raised } = await screen(house, 'warung', scam('versions'));
  const records = await see.records(raised?.case);
  const verdict = records.find(({ kind }) => kind === 'verdict.given');
  expect(verdict?.versions).toEqual({ ...house.engine.versions, policy: expect.any(String) });
  expect(Object.keys(house.engine.versions).length).toBeGreaterThan(0);
  const decision = records.find(({ kind }) => kind === 'decision.made');
  expect(decision?.payload['policy']).toBe(decision?.versions['policy']);
});

test('the same revision again gets the same answer and leaves no trace', async () => {
  const first = await screen(house, 'warung', scam('again'));
  const before = await recordsNow();
  expect(await screen(house, 'warung', scam('again'))).toEqual(first);
  expect(await recordsNow()).toBe(before);
});

test('one revision that is screened many times at once has one case and one measure', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => screen(house, 'warung', scam('at once'))));
  expect(new Set(answers.map(({ raised }) => raised?.screening)).size).toBe(1);
  expect(await see.actions(answers[0]?.raised?.case as string)).toHaveLength(1);
});

test('an edit of what is hidden joins its case and is not hidden twice', async () => {
  const first = await screen(house, 'warung', scam('edit'));
  const second = await screen(house, 'warung', scam('edit', { revision: '2', text: `${scamText} !` }));
  expect(second.raised).toMatchObject({ case: first.raised?.case, decision: null });
  expect(await see.actions(first.raised?.case as string)).toHaveLength(1);
});

test('private messaging is not screened unless the operator turned it on', async () => {
  const message = (id: string) => scam(id, { surface: 'private-message', kind: 'message' });
  const before = await recordsNow();
  expect(await screen(house, 'warung', message('private'))).toMatchObject({ screened: { verdict: 'allow' }, raised: null });
  expect(await recordsNow()).toBe(before);
  await defineSurface(house, 'warung', {
    slug: 'groups',
    type: 'private-message',
    private: 'grey',
    privateReason: 'large groups',
    screening: true,
  });
  expect((await screen(house, 'warung', scam('in a group', { surface: 'groups' }))).screened.verdict).toBe('withhold');
});

test('a surface that the service has not is refused', async () => {
  await expect(screen(house, 'warung', post('x', { surface: 'no-such-place' }))).rejects.toMatchObject({ code: 'surface-unknown' });
});

test('a report of what screening has hidden joins the case that screening opened', async () => {
  const { raised } = await screen(house, 'warung', scam('both'));
  expect((await now.report(scam('both'), { harm: 'scam' })).case).toBe(raised?.case);
});
