import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { ask, waitsForLock } from '../../../test/spine.ts';
import { reveal } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { disable } from './disable.ts';
import { enrol, enrolFirstAdministrator, type NewMember } from './enrol.ts';
import { type Seeded, seedPeople, seedStaff } from './seed.ts';
import { setRoles } from './set-roles.ts';

let house: TestHouse;
let administrator: staff.Member;
let moderator: staff.Member;
let people: Seeded[];
beforeAll(async () => {
  house = await testHouse();
  people = await seedStaff(house);
  const [first, second] = people as [Seeded, Seeded];
  administrator = first as unknown as staff.Member;
  moderator = second as unknown as staff.Member;
});
afterAll(() => house.close());

const somebody = (more: Partial<NewMember> = {}): NewMember => ({
  name: 'Baharu',
  login: 'baharu',
  roles: ['moderator'],
  languages: ['ms'],
  ...more,
});
const roster = () => house.db.begin('doors', (tx) => staff.roster(tx));
const records = () =>
  ask<{ kind: string; n: number }>(house, "select kind, count(*) as n from records.record where kind like 'staff.%' group by 1 order by 1");
/** Nothing may have changed. */
async function expectRefused(act: () => Promise<unknown>, code: string, says?: string): Promise<void> {
  const before = [await roster(), await records()];
  await expect(act()).rejects.toMatchObject({ code, ...(says === undefined ? {} : { detail: expect.stringContaining(says) }) });
  expect([await roster(), await records()]).toEqual(before);
}

test('somebody who is enrolled is on the roster, with a record of who enrolled them, and can log in', async () => {
  const enrolled = await enrol(
    house,
    administrator,
    somebody({ name: '  Nama Baharu ', login: 'Nama.Baharu', roles: ['senior-moderator', 'moderator', 'moderator'] }),
  );
  const entry = (await roster()).find(({ id }) => id === enrolled.id);
  expect(entry).toEqual({
    id: enrolled.id,
    name: 'Nama Baharu',
    login: 'nama.baharu',
    roles: ['moderator', 'senior-moderator'],
    languages: ['ms'],
    disabled: false,
    enrolledAt: house.clock.now(),
  });
  const [record] = await ask<{ id: string; role: string; party: string }>(
    house,
    `select r.id, p.role, h.party from records.record r join records.record_party p on p.record = r.id join records.handle h on h.handle = p.handle
     where r.id = (select record from staff.member where id = '${enrolled.id}') and p.role = 'actor'`,
  );
  expect(record).toMatchObject({ party: administrator.id });
  const said = await house.db.begin('doors', (tx) => reveal(house, tx, 'staff.enrolled', record?.id ?? ''));
  expect(said).toMatchObject({ name: 'Nama Baharu', login: 'nama.baharu' });
  const { login, password, totpSecret } = enrolled;
  expect((await staff.logIn(house, { login, password, code: staff.totpCode(totpSecret, house.clock.now()) })).member.id).toBe(enrolled.id);
});

test.each([
  ['a log-in of one letter', { login: 'a' }],
  ['a log-in with a blank', { login: 'dua kata' }],
  ['a log-in that begins with a dot', { login: '.titik' }],
  ['a log-in in another script', { login: 'பெயர்' }],
  ['a log-in of more than a hundred letters', { login: 'a'.repeat(101) }],
  ['no role', { roles: [] }],
  ['a role that there is not', { roles: ['moderator', 'superuser'] }],
  ['no name', { name: '   ' }],
  ['a name of more than two hundred letters', { name: 'a'.repeat(201) }],
])('with %s nobody is enrolled', async (_, wrong) => {
  await expectRefused(() => enrol(house, administrator, somebody(wrong)), 'field-wrong');
});

test('with a password that is too short nobody is enrolled', async () => {
  await expectRefused(() => enrol(house, administrator, somebody(), { password: 'too short' }), 'field-wrong');
});

test('a log-in is taken once, also by two at the same moment and in other letters', async () => {
  await expectRefused(() => enrol(house, administrator, somebody({ login: 'INTAN' })), 'conflict', 'log-in');
  const both = await Promise.allSettled(['kembar', 'KEMBAR'].map((login) => enrol(house, administrator, somebody({ login }))));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
});

test('only an administrator enrols, gives roles or disables', async () => {
  const other = people[2]?.id as string;
  await expectRefused(() => enrol(house, moderator, somebody()), 'forbidden');
  await expectRefused(() => setRoles(house, moderator, { member: other, roles: ['moderator'] }), 'forbidden');
  await expectRefused(() => disable(house, moderator, { member: other }), 'forbidden');
});

test('there is a first administrator once', async () => {
  await expectRefused(() => enrolFirstAdministrator(house, somebody()), 'conflict', 'There is staff already');
});

test('of two first administrators at the same moment one is the first', async () => {
  const empty = await testHouse();
  try {
    const both = await Promise.allSettled(['satu', 'dua'].map((login) => enrolFirstAdministrator(empty, somebody({ login }))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ask(empty, 'select roles from staff.member')).toEqual([{ roles: ['administrator'] }]);
  } finally {
    await empty.close();
  }
});

test('roles are set as asked, each once, with a record; the same again is no change', async () => {
  const { id } = await enrol(house, administrator, somebody({ login: 'peranan' }));
  const rolesOf = async () => (await roster()).find((entry) => entry.id === id)?.roles;
  await setRoles(house, administrator, { member: id, roles: ['administrator', 'moderator', 'administrator'] });
  expect(await rolesOf()).toEqual(['moderator', 'administrator']);
  const before = await records();
  await setRoles(house, administrator, { member: id, roles: ['moderator', 'administrator'] });
  expect(await records()).toEqual(before);
});

test('nobody sets their own roles, those of nobody, none, unknown ones, or of who was disabled', async () => {
  const { id } = await enrol(house, administrator, somebody({ login: 'tiada' }));
  await disable(house, administrator, { member: id });
  const set = (member: string, roles: string[]) => setRoles(house, administrator, { member, roles });
  await expectRefused(() => set(administrator.id, ['administrator', 'moderator']), 'same-person');
  await expectRefused(() => set('00000000-0000-7000-8000-000000000000', ['moderator']), 'not-found');
  await expectRefused(() => set(moderator.id, []), 'field-wrong');
  await expectRefused(() => set(moderator.id, ['king']), 'field-wrong');
  await expectRefused(() => set(id, ['moderator']), 'conflict', 'disabled');
});

test('who is disabled stays on the roster and is disabled once', async () => {
  const { id } = await enrol(house, administrator, somebody({ login: 'pergi' }));
  await disable(house, administrator, { member: id });
  const before = await records();
  await disable(house, administrator, { member: id });
  expect(await records()).toEqual(before);
  expect((await roster()).find((entry) => entry.id === id)).toMatchObject({ disabled: true, name: 'Baharu' });
  await expectRefused(() => disable(house, administrator, { member: '00000000-0000-7000-8000-000000000000' }), 'not-found');
});

test('the last administrator stays: not disabled, not demoted, also not by two who remove each other at the same moment', async () => {
  await onlyAdministrators(1, async (of, [only]) => {
    await expect(disable(of, only as staff.Member, { member: only?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' });
  });
  await onlyAdministrators(2, async (of, [one, other]) => {
    const both = await Promise.allSettled([
      setRoles(of, one as staff.Member, { member: other?.id ?? '', roles: ['moderator'] }),
      setRoles(of, other as staff.Member, { member: one?.id ?? '', roles: ['moderator'] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
  await onlyAdministrators(2, async (of, [one, other]) => {
    const both = await Promise.allSettled([
      disable(of, one as staff.Member, { member: other?.id ?? '' }),
      disable(of, other as staff.Member, { member: one?.id ?? '' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('changes of the roster wait for each other', async () => {
  await onlyAdministrators(3, async (of, [one, other, third]) => {
    const changes = [
      () => enrol(of, one as staff.Member, somebody()),
      () => setRoles(of, one as staff.Member, { member: other?.id ?? '', roles: ['moderator'] }),
      () => disable(of, one as staff.Member, { member: third?.id ?? '' }),
    ];
    for (const change of changes) {
      const changing = await of.db.begin('doors', async (tx) => {
        await staff.lockRoster(tx);
        const work = change();
        expect(await waitsForLock(of, work)).toBe(true);
        return { work };
      });
      await changing.work;
    }
  });
});

test('an administrator who can no longer log in does not count as the last one', async () => {
  await onlyAdministrators(3, async (of, [one, gone, other]) => {
    await disable(of, one as staff.Member, { member: gone?.id ?? '' });
    await erase(of, 'perisai', gone?.id ?? '', 'staff');
    await disable(of, one as staff.Member, { member: other?.id ?? '' });
    await expect(disable(of, one as staff.Member, { member: one?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('who lost the role a moment ago does nothing with it any more', async () => {
  await onlyAdministrators(3, async (of, [one, other, third]) => {
    await setRoles(of, one as staff.Member, { member: other?.id ?? '', roles: ['moderator'] });
    const late = other as staff.Member;
    await expect(setRoles(of, late, { member: one?.id ?? '', roles: ['moderator'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(disable(of, late, { member: third?.id ?? '' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enrol(of, late, somebody())).rejects.toMatchObject({ code: 'forbidden' });
    await disable(of, one as staff.Member, { member: third?.id ?? '' });
    await expect(enrol(of, third as staff.Member, somebody())).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('with the staff key their name and log-in are gone from state and log, and the log-in may be given again', async () => {
  const { id } = await enrol(house, administrator, somebody({ name: 'Nama Hilang', login: 'hilang' }));
  const [before] = await ask<{ record: string }>(house, `select record from staff.member where id = '${id}'`);
  await disable(house, administrator, { member: id });
  await erase(house, 'perisai', id, 'staff');
  await house.settle();
  const said = await house.db.begin('doors', (tx) => reveal(house, tx, 'staff.enrolled', before?.record ?? ''));
  expect(said).toMatchObject({ staff: id, name: null, login: null, roles: ['moderator'] });
  expect((await roster()).find((entry) => entry.id === id)).toMatchObject({
    name: null,
    login: null,
    roles: ['moderator'],
    disabled: true,
  });
  expect(await house.db.begin('doors', (tx) => staff.member(tx, id))).toBeUndefined();
  await enrol(house, administrator, somebody({ login: 'hilang' }));
});

test('seeded people are one for each role, two who can hear each other’s appeals, and all can log in', async () => {
  expect(people.map(({ login }) => login)).toEqual(seedPeople.map(({ login }) => login));
  expect(new Set(people.flatMap(({ roles }) => roles))).toEqual(new Set(staff.staffRoles));
  expect(people.filter(({ roles }) => roles.includes('senior-moderator')).length).toBeGreaterThan(1);
  house.clock.advance(60_000);
  for (const { login, password, totpSecret, id } of people)
    expect((await staff.logIn(house, { login, password, code: staff.totpCode(totpSecret, house.clock.now()) })).member.id).toBe(id);
  await expect(seedStaff(house)).rejects.toMatchObject({ code: 'conflict' });
  await expect(seedStaff(house, seedPeople.slice(1))).rejects.toThrow('The first of the seeded people');
});

/** A house whose whole staff are so many administrators. */
async function onlyAdministrators(n: number, work: (of: TestHouse, them: staff.Member[]) => Promise<void>): Promise<void> {
  const of = await testHouse();
  try {
    const names = Array.from({ length: n }, (_, place) => ({ ...somebody({ login: `admin-${place}` }), roles: ['administrator'] }));
    await work(of, (await seedStaff(of, names)) as unknown as staff.Member[]);
  } finally {
    await of.close();
  }
}
