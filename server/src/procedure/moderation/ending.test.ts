import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import type { Member } from '../../staff/index.ts';
import { closeGlass, openGlass, terminateAlone } from '../break-glass/index.ts';
import {
  awaitsSecond,
  claim,
  decideAppeal,
  decideOrPropose,
  keepSuspended,
  revealMaterial,
  reviewAlone,
  settleProposal,
  sweep,
  terminate,
} from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let proposer: Member;
let settler: Member;
let third: Member;
let other: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'ending' });
  [now, see] = [play(house), look(house)];
  proposer = await enrolled(house, 'senior-moderator', 'proposer');
  settler = await enrolled(house, 'senior-moderator', 'settler');
  third = await enrolled(house, 'senior-moderator', 'third');
  other = await enrolled(house, 'senior-moderator', 'other');
});
afterAll(() => house.close());

const reason = 'Sebab yang boleh dibaca.';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const endingOf = (suspension: string) => ask((tx) => decisions.ending(tx, suspension));

/** By a clause that leads straight to the end of an account: two decide about the item, and the account is suspended meanwhile. */
async function suspended(author: string): Promise<decisions.Decision> {
  const { case: of } = await now.report(post(author, { author }), { harm: 'violence-terrorism', by: `${author}-reporter` });
  await claim(house, proposer, of);
  const judgement = { determination: 'remove', clause: 'terrorism.funding', reason, measure: 'suggested' } as const;
  const { id: proposal } = await decideOrPropose(house, proposer, { case: of, ...judgement });
  await revealMaterial(house, settler, { case: of, why: 'seconding the decision' }, async () => null);
  const made = (await settleProposal(house, settler, { proposal, outcome: 'confirmed' })) as decisions.Decision;
  await now.obey();
  await house.settle();
  await now.deliver();
  return (await ask((tx) => decisions.followingOn(tx, made.id)))[0] as decisions.Decision;
}
const shown = async (of: string) => (await see.actions(of)).at(-1)?.desired;

test('the end of an account waits in sight from the moment it is suspended, and a second person, who decided nothing of it, ends it', async () => {
  const suspension = await suspended('ended');
  expect(suspension).toMatchObject({ determination: 'suspend-account', state: 'standing' });
  expect(await endingOf(suspension.id)).toMatchObject({ state: 'waiting', proposedBy: settler.id });
  const word = { decision: suspension.id, reason };
  for (const first of [settler, proposer]) await expect(terminate(house, first, word)).rejects.toMatchObject({ code: 'same-person' });
  await expect(terminate(house, third, { ...word, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  const made = await terminate(house, third, word);
  expect(await endingOf(suspension.id)).toMatchObject({ state: 'ended', settledBy: third.id, decision: made.id });
  expect(await shown(suspension.case)).toBe('terminated');
  await expect(terminate(house, other, word)).rejects.toMatchObject({ code: 'measure-too-grave' });
});

test('the second person may leave it suspended, with a reason; it then opens when its time is over, and nobody is awaited any more', async () => {
  const suspension = await suspended('kept');
  await expect(keepSuspended(house, settler, { decision: suspension.id, reason })).rejects.toMatchObject({ code: 'same-person' });
  await keepSuspended(house, third, { decision: suspension.id, reason: 'Kali pertama, dan dia memadamnya sendiri.' });
  expect(await endingOf(suspension.id)).toMatchObject({ state: 'kept', decision: null });
  await expect(terminate(house, other, { decision: suspension.id, reason })).rejects.toMatchObject({ code: 'measure-too-grave' });
  house.clock.advance((suspension.endsAt as Date).getTime() - house.clock.now().getTime());
  await sweep(house);
  expect(await shown(suspension.case)).toBe('active');
});

test('what takes the place of the suspension leaves nothing to end; in appeal a suspension in the place of an end awaits nobody', async () => {
  const suspension = await suspended('appealed');
  const { appeal } = await now.appeal(suspension.id, 'appealed');
  await decideAppeal(house, third, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  await expect(terminate(house, other, { decision: suspension.id, reason })).rejects.toMatchObject({ code: 'measure-too-grave' });
  const again = await suspended('in part');
  const end = await terminate(house, third, { decision: again.id, reason });
  await now.obey();
  await house.settle();
  await now.deliver();
  const contested = await now.appeal(end.id, 'in part');
  const partly = { outcome: 'partly', determination: 'suspend-account', clause: null, reason } as const;
  const milder = (await decideAppeal(house, other, { appeal: contested.appeal, ...partly })) as decisions.Decision;
  expect(await ask((tx) => awaitsSecond(house, tx, milder))).toBe(false);
  expect(await shown(again.case)).toBe('suspended');
});

test('where nobody else is there in time, whoever suspended it ends it alone under break-glass; a reviewer who does not agree has it suspended again', async () => {
  const suspension = await suspended('alone');
  const word = { decision: suspension.id, reason };
  await expect(terminateAlone(house, settler, word)).rejects.toMatchObject({ code: 'glass-closed' });
  const [glass, theirs] = await Promise.all(
    [settler, third].map((one) => openGlass(house, one, { hours: 1, reason: 'Tiada orang lain malam ini.' })),
  );
  await expect(terminateAlone(house, third, word)).rejects.toMatchObject({ code: 'forbidden' });
  const end = await terminateAlone(house, settler, word);
  expect(await endingOf(suspension.id)).toMatchObject({ state: 'alone', settledBy: settler.id, decision: end.id });
  expect(await ask((tx) => decisions.alone(tx, end.id))).toMatchObject({ state: 'unreviewed', needs: ['termination'] });
  await now.obey();
  await expect(reviewAlone(house, settler, { decision: end.id, agrees: false, reason })).rejects.toMatchObject({ code: 'same-person' });
  expect(await reviewAlone(house, other, { decision: end.id, agrees: false, reason })).toBe('reversed');
  expect(await shown(suspension.case)).toBe('suspended');
  expect(await ask((tx) => decisions.alone(tx, end.id))).toMatchObject({ state: 'reversed' });
  house.clock.advance(hour);
  for (const one of [glass, theirs]) await closeGlass(house, settler, one as string).catch(() => undefined);
});

test('all of it, told again from the records, is the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
