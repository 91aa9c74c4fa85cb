import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { shippedPolicy } from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, decide, decideAppeal, hide, screen, sweep } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const reason = 'Hantaran ini menghina seseorang.';
const opened = async (id: string) => (await now.report(post(id))).case;

test('no decision without clause and reason, whoever sends it', async () => {
  const of = await opened('bare');
  await claim(house, moderator, of);
  const before = (await see.records(of)).length;
  const tries = [
    { determination: 'remove', clause, reason: '  ' },
    { determination: 'remove', clause: null, reason },
    { determination: 'label', clause: 'no.such-clause', reason },
    { determination: 'none', clause: null, reason: '' },
  ] as const;
  const codes = await Promise.all(tries.map((one) => decide(house, moderator, { case: of, ...one }).catch(({ code }) => code)));
  expect(codes).toEqual(['reason-missing', 'clause-unknown', 'clause-unknown', 'reason-missing']);
  await expect(hide(house, moderator, { case: of, clause: 'no.such-clause' })).rejects.toMatchObject({ code: 'clause-unknown' });
  expect((await see.records(of)).length).toBe(before);
});

test('who does not hold the case, or holds it no more, cannot decide it', async () => {
  const of = await opened('held');
  const input = { case: of, determination: 'none', clause: null, reason } as const;
  await expect(decide(house, moderator, input)).rejects.toMatchObject({ code: 'lease-expired' });
  await claim(house, moderator, of);
  const other = await enrolled(house, 'moderator', 'other');
  await expect(claim(house, other, of)).rejects.toMatchObject({ code: 'case-claimed' });
  await expect(decide(house, other, input)).rejects.toMatchObject({ code: 'lease-expired' });
  house.clock.advance((house.leaseMinutes + 1) * minute);
  await expect(decide(house, moderator, input)).rejects.toMatchObject({ code: 'lease-expired' });
  await claim(house, other, of);
  expect((await decide(house, other, input)).decidedBy).toBe(other.id);
});

test('who decides nothing about content may not, and what is decided is not decided again', async () => {
  const of = await opened('once');
  const administrator = await enrolled(house, 'administrator');
  await expect(decide(house, administrator, { case: of, determination: 'none', clause: null, reason })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  await expect(claim(house, moderator, of)).rejects.toMatchObject({ code: 'case-closed' });
  await expect(decide(house, moderator, { case: of, determination: 'none', clause: null, reason })).rejects.toMatchObject({
    code: 'case-closed',
  });
  await expect(hide(house, moderator, { case: of, clause })).rejects.toMatchObject({ code: 'case-closed' });
});

test('a label asks the platform for it by the clause’s name, and the case closes when it is shown', async () => {
  const of = await opened('labelled');
  await now.judge(moderator, { case: of, determination: 'label', clause });
  expect(await see.actions(of)).toMatchObject([{ do: 'label', desired: 'labelled', label: clause, temporary: false }]);
  expect((await see.case(of)).state).toBe('decided');
  await now.obey();
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'actioned' });
});

test('a removal takes the place of a hiding that the platform has not carried out yet: one thing is asked, the newest', async () => {
  const of = await opened('collapsed');
  const hidden = await hide(house, moderator, { case: of, clause });
  const removal = await now.judge(moderator, { case: of, determination: 'remove', clause });
  expect(await see.actions(of)).toMatchObject([
    { do: 'make-inaccessible', state: 'superseded', targetSeq: 1 },
    { do: 'remove', state: 'ordered', targetSeq: 2 },
  ]);
  expect(removal.supersedes).toBe(hidden?.id);
});

test('a decision names the policy it was made under and the newest revision of what it is about', async () => {
  const { case: of } = await now.report(post('revised'));
  await now.report(post('revised', { revision: '2', text: 'Versi kedua.' }), { by: 'second' });
  const decision = await now.judge(moderator, { case: of, determination: 'remove', clause });
  expect(decision.policy).toBe(shippedPolicy.version);
  const made = (await see.records(of)).find(({ kind }) => kind === 'decision.made');
  expect(made).toMatchObject({ payload: { clause, policy: shippedPolicy.version }, versions: { policy: shippedPolicy.version } });
  const [newest] = await see.query<{ platform_revision: string }>('select platform_revision from subjects.revision where id = $1', [
    decision.revision,
  ]);
  expect(newest?.platform_revision).toBe('2');
});

test('what the platform was asked for and has not acknowledged is asked again in the name of the decision that needs it', async () => {
  const other = await opened('pending');
  await hide(house, moderator, { case: other, clause });
  await now.obey();
  house.clock.advance(25 * hour);
  await sweep(house);
  const [, restoring] = await see.actions(other);
  expect(restoring).toMatchObject({ do: 'restore', state: 'ordered', temporary: true });
  await now.judge(moderator, { case: other, determination: 'none', clause: null });
  expect((await see.case(other)).state).toBe('decided');
  expect((await see.clock(other, 'enforce'))?.stoppedAt).toBeNull();
  expect(await now.obey()).toEqual(['restore']);
  expect(await see.case(other)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
});

test('an older case closes when the measure of a newer one on the same item has taken the place of its own', async () => {
  const older = await opened('two cases');
  await now.judge(moderator, { case: older, determination: 'label', clause });
  const newer = await now.report(post('two cases', { revision: '2', text: 'Lebih teruk.' }), { by: 'second' });
  expect(newer.case).not.toBe(older);
  await now.judge(moderator, { case: newer.case, determination: 'remove', clause });
  expect((await see.actions(older))[0]?.state).toBe('superseded');
  expect((await see.case(older)).state).toBe('decided');
  await now.obey();
  expect([(await see.case(older)).state, (await see.case(newer.case)).state]).toEqual(['closed', 'closed']);
  expect((await see.clock(older, 'enforce'))?.stoppedAt).not.toBeNull();
});

test('a person’s decision ends the period of what a machine had hidden, whatever was decided about the item elsewhere since', async () => {
  const first = await opened('elsewhere');
  const labelled = await now.judge(moderator, { case: first, determination: 'label', clause });
  await now.obey();
  const { case: second } = await now.report(post('elsewhere', { revision: '2', text: 'Versi kedua.' }), { harm: 'scam', by: 'second' });
  const [hidden] = await see.decisions(second);
  const senior = await enrolled(house, 'senior-moderator');
  house.clock.advance(minute);
  const { appeal } = await now.appeal(labelled.id, 'author');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  const final = await now.judge(moderator, { case: second, determination: 'remove', clause: 'scam.phishing' });
  expect(final.supersedes).toBe(hidden?.id);
});

test('screening again after the decision answers with what stands', async () => {
  const { raised } = await screen(house, 'warung', post('screened', { text: scamText }));
  const removal = await now.judge(moderator, { case: raised?.case as string, determination: 'remove', clause: 'scam.phishing' });
  expect((await screen(house, 'warung', post('screened', { text: scamText }))).raised?.decision?.id).toBe(removal.id);
});
