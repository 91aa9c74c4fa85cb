import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as calls from '../../calls/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, decideAppeal, decideOrPropose, reviewAlone } from '../moderation/index.ts';
import { closeGlass, decideAlone, openGlass } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let lead: Member;
let senior: Member;
let other: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'break-glass' });
  [now, see] = [play(house), look(house)];
  lead = await enrolled(house, 'lead');
  senior = await enrolled(house, 'senior-moderator', 'first senior');
  other = await enrolled(house, 'senior-moderator', 'second senior');
  officer = await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

const why = 'Tiada orang kedua bertugas malam ini.';
const reason = 'Ia memuji satu serangan.';
async function proposed(id: string, by: Member = lead, harm: 'violence-terrorism' | 'csam' = 'violence-terrorism') {
  house.clock.advance(minute);
  const { case: of } = await now.report(post(id), { harm, by: `reporter of ${id}` });
  await claim(house, by, of);
  const clause = harm === 'csam' ? 'csam.material' : 'terrorism.promotion';
  const { id: proposal } = await decideOrPropose(house, by, { case: of, determination: 'remove', clause, reason });
  return { case: of, proposal };
}
const ringing = async () => {
  const all = await house.db.begin('doors', (tx) => calls.unanswered(tx, house.clock.now(), 100));
  return all.map(({ about, roles }) => `${about}: ${roles}`);
};

test('one decides alone what they proposed, within the day that they opened, and another agrees afterwards', async () => {
  const { case: of, proposal } = await proposed('alone');
  await expect(decideAlone(house, lead, proposal)).rejects.toMatchObject({ code: 'glass-closed' });
  await expect(openGlass(house, lead, { hours: 25, reason: why })).rejects.toMatchObject({ code: 'field-wrong' });
  await expect(openGlass(house, lead, { hours: 2, reason: '' })).rejects.toMatchObject({ code: 'reason-missing' });
  await expect(openGlass(house, officer, { hours: 2, reason: why })).rejects.toMatchObject({ code: 'forbidden' });
  const glass = await openGlass(house, lead, { hours: 2, reason: why });
  expect(await ringing()).toEqual(['break-glass: compliance-officer']);
  const decision = await decideAlone(house, lead, proposal);
  expect(decision).toMatchObject({ determination: 'remove', decidedBy: lead.id });
  expect(await ringing()).toContain('alone: compliance-officer');
  expect((await see.records(of)).map(({ kind }) => kind)).toContain('break-glass.used');
  await expect(reviewAlone(house, lead, { decision: decision.id, agrees: true, reason })).rejects.toMatchObject({ code: 'same-person' });
  expect(await reviewAlone(house, senior, { decision: decision.id, agrees: true, reason })).toBe('upheld');
  await expect(reviewAlone(house, other, { decision: decision.id, agrees: true, reason })).rejects.toMatchObject({ code: 'conflict' });
  await closeGlass(house, officer, glass);
  const next = await proposed('after');
  await expect(decideAlone(house, lead, next.proposal)).rejects.toMatchObject({ code: 'glass-closed' });
});

test('when its time is over nothing more is decided under it', async () => {
  const { proposal } = await proposed('over');
  await openGlass(house, lead, { hours: 1, reason: why });
  house.clock.advance(hour);
  await expect(decideAlone(house, lead, proposal)).rejects.toMatchObject({ code: 'glass-closed' });
});

test('what somebody else proposed is not decided by it, and an appeal never', async () => {
  const { proposal } = await proposed('another’s', senior);
  await openGlass(house, lead, { hours: 24, reason: why });
  await expect(decideAlone(house, lead, proposal)).rejects.toMatchObject({ code: 'forbidden' });
  const own = await proposed('appealed', senior);
  await openGlass(house, senior, { hours: 24, reason: why });
  const decision = await decideAlone(house, senior, own.proposal);
  await reviewAlone(house, other, { decision: decision.id, agrees: true, reason });
  await now.obey();
  const { appeal } = await now.appeal(decision.id, 'author');
  // Neither who decided it alone nor who reviewed it.
  for (const one of [senior, other])
    await expect(decideAppeal(house, one, { appeal, outcome: 'upheld', reason })).rejects.toMatchObject({ code: 'same-person' });
});

test('a reviewer who does not agree takes it back, and what was removed is restored', async () => {
  const { case: of, proposal } = await proposed('taken back');
  const decision = await decideAlone(house, lead, proposal);
  await now.obey();
  expect(await reviewAlone(house, other, { decision: decision.id, agrees: false, reason: 'Ia berita, bukan pujian.' })).toBe('reversed');
  expect((await see.decisions(of)).at(-1)).toMatchObject({ determination: 'none', supersedes: decision.id, decidedBy: other.id });
  expect(await now.obey()).toEqual(['restore']);
});

test('of child abuse material a second person is needed to take it back, and nobody else reviews it', async () => {
  const [first, second] = [await enrolled(house, 'child-safety-reviewer', 'one'), await enrolled(house, 'child-safety-reviewer', 'two')];
  const { case: of, proposal } = await proposed('c', first, 'csam');
  await openGlass(house, first, { hours: 1, reason: why });
  const decision = await decideAlone(house, first, proposal);
  await expect(reviewAlone(house, senior, { decision: decision.id, agrees: true, reason })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await reviewAlone(house, second, { decision: decision.id, agrees: false, reason })).toMatchObject({
    state: 'waiting',
    needs: ['csam'],
  });
  expect((await see.decisions(of)).at(-1)?.id).toBe(decision.id);
});

test('what was decided alone, told again from its records, is the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
