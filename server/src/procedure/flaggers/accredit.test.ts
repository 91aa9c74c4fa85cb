import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { keyFor, openTestDoors } from '../../../test/doors.ts';
import { accredited } from '../../../test/flaggers.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import { createServiceKey } from '../../foundation/http/keys.ts';
import type { Member } from '../../staff/index.ts';
import { claim, claimWorst, dismiss } from '../moderation/index.ts';
import { erase } from '../people/erase.ts';
import { disable } from '../staff/disable.ts';
import { accredit, propose, proposeAgain, refuse, suspend, withdraw } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let administrator: Member;
let moderator: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [administrator, moderator] = [await enrolled(house, 'administrator'), await enrolled(house, 'moderator')];
  officer = await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

const laneOf = async (of: string) => (await house.db.begin('doors', (tx) => cases.workOn(tx, of)))?.lane;

test('what an accredited organisation reports comes before what waits longer in its class, and never before child abuse', async () => {
  const id = await accredited(house);
  const old = await now.report(post('waits'), { by: 'anybody' });
  house.clock.advance(60_000);
  const flagged = await now.report(post('flagged'), { reporter: { flagger: { id } } });
  house.clock.advance(60_000);
  const worst = await now.report(post('worst'), { by: 'anybody', harm: 'csam' });
  expect(await see.report(flagged.report)).toMatchObject({ capacity: 'flagger', flagger: id });
  // Who may take either takes the child first.
  const both: Member = { ...moderator, roles: ['moderator', 'child-safety-reviewer'] };
  const order = [await claimWorst(house, both, {}), await claimWorst(house, both, {}), await claimWorst(house, both, {})];
  expect(order).toEqual([worst.case, flagged.case, old.case]);
});

const reason = 'Laporannya tepat selama setahun.';

test('one person proposes and another accepts: until then the organisation reports as anybody does', async () => {
  const capacity = async (item: string) => (await see.report((await now.report(post(item), { by: 'ngo' })).report)).capacity;
  const asked = { service: 'warung', name: 'Persatuan Lain', account: 'ngo', reason };
  await expect(propose(house, administrator, { ...asked, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  await expect(propose(house, moderator, asked)).rejects.toMatchObject({ code: 'forbidden' });
  const { id, flagger } = await propose(house, administrator, asked);
  expect(await capacity('a')).toBe('user');
  // Its id is nobody's yet, and the account waits for it alone.
  await expect(now.report(post('by id'), { reporter: { flagger: { id: flagger } } })).rejects.toMatchObject({ code: 'field-wrong' });
  await expect(propose(house, officer, { ...asked, name: 'Ketiga' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(accredit(house, administrator, id)).rejects.toMatchObject({ code: 'same-person' });
  await expect(refuse(house, administrator, { accreditation: id, reason })).rejects.toMatchObject({ code: 'same-person' });
  await expect(accredit(house, moderator, id)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await capacity('b')).toBe('user');
  expect(await accredit(house, officer, id)).toBe(flagger);
  expect(await capacity('c')).toBe('flagger');
  await expect(propose(house, officer, { ...asked, name: 'Ketiga' })).rejects.toMatchObject({ code: 'conflict' });
});

test('whoever has several roles is the first person all the same, and the database knows it, too', async () => {
  const both: Member = { ...administrator, roles: ['administrator', 'compliance-officer'] };
  const { id } = await propose(house, administrator, { service: 'warung', name: 'Keenam', reason });
  await expect(accredit(house, both, id)).rejects.toMatchObject({ code: 'same-person' });
  const settled =
    "update flaggers.accreditation set state = 'accepted', settled_at = now(), settlement = id, settled_by = $2 where id = $1";
  await expect(see.query(settled, [id, administrator.id])).rejects.toMatchObject({ code: '23514' });
  await withdraw(house, administrator, id);
});

test('one person suspends; accredited again it is by two, and reports meanwhile as anybody does', async () => {
  const flagger = await accredited(house, { name: 'Kelapan', account: 'ngo-8' });
  const capacity = async (item: string) => (await see.report((await now.report(post(item), { by: 'ngo-8' })).report)).capacity;
  await expect(proposeAgain(house, administrator, { flagger, reason })).rejects.toMatchObject({ code: 'conflict' });
  await expect(suspend(house, administrator, { flagger, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  await suspend(house, administrator, { flagger, reason: 'Laporan disalah guna.' });
  expect(await capacity('8a')).toBe('user');
  await expect(suspend(house, administrator, { flagger, reason: 'Lagi.' })).rejects.toMatchObject({ code: 'conflict' });
  const { id } = await proposeAgain(house, administrator, { flagger, reason });
  expect(await capacity('8b')).toBe('user');
  await expect(proposeAgain(house, officer, { flagger, reason })).rejects.toMatchObject({ code: 'conflict' });
  await expect(accredit(house, administrator, id)).rejects.toMatchObject({ code: 'same-person' });
  await accredit(house, officer, id);
  expect(await capacity('8c')).toBe('flagger');
});

test('a second person who does not agree says why; whoever proposed it may take it back, and nobody else', async () => {
  const first = await propose(house, administrator, { service: 'warung', name: 'Kesembilan', account: 'ngo-9', reason });
  await expect(refuse(house, officer, { accreditation: first.id, reason: '' })).rejects.toMatchObject({ code: 'reason-missing' });
  await expect(withdraw(house, officer, first.id)).rejects.toMatchObject({ code: 'forbidden' });
  await refuse(house, officer, { accreditation: first.id, reason: 'Mereka baru ditubuhkan.' });
  await expect(accredit(house, officer, first.id)).rejects.toMatchObject({ code: 'conflict' });
  // The account is free again.
  const again = await propose(house, officer, { service: 'warung', name: 'Kesembilan', account: 'ngo-9', reason });
  await withdraw(house, officer, again.id);
  await expect(withdraw(house, officer, again.id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accredit(house, administrator, again.id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accredit(house, administrator, house.ids.next())).rejects.toMatchObject({ code: 'not-found' });
});

test('of two people who accept at once one does, and the other is told that it is settled; one record says so, with both who made it', async () => {
  const third = await enrolled(house, 'administrator', 'third');
  const { id, flagger } = await propose(house, administrator, { service: 'warung', name: 'Kesepuluh', reason });
  // Whoever is first can't write before both have begun.
  const client = new pg.Client({ connectionString: house.url });
  await client.connect();
  await client.query('begin');
  await client.query('select from flaggers.accreditation where id = $1 for update', [id]);
  const both = Promise.allSettled([accredit(house, officer, id), accredit(house, third, id)]);
  const waiting =
    'select count(*)::int as n from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()';
  while (((await see.query<{ n: number }>(waiting))[0]?.n ?? 0) < 2);
  await client.query('rollback');
  await client.end();
  const refused = (await both).flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []));
  expect(refused).toEqual(['conflict']);
  const told = await see.query("select from records.record where kind = 'flagger.accredited' and line like $1", [`%${flagger}%`]);
  expect(told).toHaveLength(1);
});

test('the record of an accreditation names two people who are not one, and nothing of them or of the reasons stands in the log', async () => {
  await accredited(house, { name: 'Kesebelas', account: 'ngo-11', by: [officer, administrator] });
  const lines = await see.query<{ kind: string; line: string }>(
    "select kind, line from records.record where kind in ('accreditation.proposed', 'flagger.accredited') order by id desc limit 2",
  );
  const told = lines.map(({ line }) => JSON.parse(line) as { parties: { role: string; handle: string }[] });
  const handleOf = (role: string) => told[0]?.parties.find((one) => one.role === role)?.handle;
  expect(lines.map(({ kind }) => kind)).toEqual(['flagger.accredited', 'accreditation.proposed']);
  expect(handleOf('actor')).not.toBe(handleOf('proposer'));
  expect(handleOf('proposer')).toBe(told[1]?.parties.find(({ role }) => role === 'actor')?.handle);
  for (const { line } of lines) for (const hidden of [reason, 'ngo-11', officer.id]) expect(line).not.toContain(hidden);
});

test('a key of an organisation reports as that organisation, and as nobody else', async () => {
  const id = await accredited(house, { name: 'Kelima' });
  const { token } = await house.db.begin('doors', (tx) =>
    createServiceKey(tx, house, { service: 'warung', label: 'Kelima', scopes: ['report'], heldBy: id }),
  );
  await using doors = await openTestDoors(house);
  const send = async (reporter: object, key = token) => {
    const answer = await doors.ask('/v1/reports', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': JSON.stringify(reporter).replaceAll(' ', ''),
      },
      body: JSON.stringify({ item: post('by key'), attested: 'reporter', harm: 'scam', language: 'ms', reporter }),
    });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  expect(await send({ flagger: { id } })).toEqual([201, undefined]);
  expect(await send({ account: { id: 'somebody' } })).toEqual([403, 'forbidden']);
  expect(await send({ flagger: { id: house.ids.next() } }, await keyFor(house))).toEqual([400, 'field-wrong']);
});

test('a reporter whose reports were vexatious three times stands after the others of the class, keeps every clock, and is heard', async () => {
  for (const item of ['v1', 'v2', 'v3']) {
    const { report, case: of } = await now.report(post(item), { by: 'pest' });
    await claim(house, moderator, of);
    await dismiss(house, moderator, { report, ground: 'vexatious', reason: 'Dibuat untuk mengganggu.' });
    await now.judge(moderator, { case: of, determination: 'none', clause: null });
  }
  const slowed = await now.report(post('after three'), { by: 'pest' });
  house.clock.advance(60_000);
  const honest = await now.report(post('honest'), { by: 'honest' });
  expect(await laneOf(slowed.case)).toBe(2);
  expect((await see.clock(slowed.report, 'answer.outcome')) ?? (await see.clock(slowed.case, 'answer.outcome'))).toBeDefined();
  const taken = new Map<string, number>();
  for (let n = 0; ; n++) {
    const id = await claimWorst(house, moderator, {});
    if (id === null) break;
    taken.set(id, n);
  }
  expect(taken.get(slowed.case)).toBeGreaterThan(taken.get(honest.case) as number);
  // Somebody else reports the same: the case takes their place.
  await now.report(post('after three'), { by: 'honest' });
  expect(await laneOf(slowed.case)).toBe(1);
});

test('a flood of new accounts marks the case and dismisses nobody: the honest reporter among them keeps answer and clocks', async () => {
  const honest = await now.report(post('target'), {
    by: 'honest',
    reporter: { account: { id: 'honest', created_at: '2020-01-01T00:00:00Z' } },
  });
  for (let n = 0; n < 8; n++)
    await now.report(post('target'), { reporter: { account: { id: `brigade-${n}`, created_at: house.clock.now().toISOString() } } });
  expect((await see.case(honest.case)).floodedAt).toBeNull();
  await now.report(post('target'), { reporter: { account: { id: 'brigade-9', created_at: house.clock.now().toISOString() } } });
  await now.report(post('target'), { reporter: { account: { id: 'brigade-10', created_at: house.clock.now().toISOString() } } });
  expect((await see.case(honest.case)).floodedAt).not.toBeNull();
  const flooded = (await see.records(honest.case)).filter(({ kind }) => kind === 'case.flooded');
  expect(flooded.map(({ payload }) => payload)).toEqual([{ reports: 10, young: 9, minutes: 60 }]);
  expect((await see.reports(honest.case)).map(({ state }) => state)).toEqual(Array(11).fill('received'));
  await now.judge(moderator, { case: honest.case, determination: 'remove', clause: 'bullying.harassment' });
  await house.settle();
  await now.obey();
  await now.deliver();
  expect(new Set((await see.reports(honest.case)).map(({ outcome }) => outcome))).toEqual(new Set(['actioned']));
});

test('with their erasure go the account that an organisation would have reported from, and who proposed it', async () => {
  const leaver = await enrolled(house, 'compliance-officer', 'leaver');
  const { id } = await propose(house, leaver, { service: 'warung', name: 'Kedua belas', account: 'ngo-12', reason });
  await erase(house, 'warung', now.ours('ngo-12'), 'report');
  await disable(house, administrator, { member: leaver.id });
  await erase(house, 'perisai', leaver.id, 'staff');
  const [row] = await see.query('select account, proposed_by, state from flaggers.accreditation where id = $1', [id]);
  expect(row).toEqual({ account: null, proposed_by: null, state: 'waiting' });
});

test('organisations, and what was proposed about them, told again from their records are the same, row for row', async () => {
  await propose(house, officer, { service: 'warung', name: 'Masih menunggu', account: 'ngo-waits', reason });
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
