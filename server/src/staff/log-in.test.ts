import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { ask } from '../../test/spine.ts';
import { disable } from '../procedure/staff/disable.ts';
import { enrol } from '../procedure/staff/enrol.ts';
import { type Seeded, seedStaff } from '../procedure/staff/seed.ts';
import { giveCredential, newSecrets } from './credential.ts';
import { freeTries } from './lockout.ts';
import { type LogIn, logIn } from './log-in.ts';
import type { Member } from './member.ts';
import { verifyPassword } from './password.ts';
import { totpCode } from './totp.ts';

const minute = 60_000;
const step = 30_000;
let house: TestHouse;
let administrator: Seeded;
let moderator: Seeded;
beforeAll(async () => {
  house = await testHouse();
  [administrator, moderator] = (await seedStaff(house)) as [Seeded, Seeded];
});
afterAll(() => house.close());
// Each test has codes and counters of its own: every used one is old, every try forgotten.
beforeEach(() => house.clock.advance(2 * 24 * 60 * minute));

const now = () => house.clock.now();
const code = (of: Pick<Seeded, 'totpSecret'>, ms = 0) => totpCode(of.totpSecret, new Date(now().getTime() + ms));
const rightly = (of: Seeded = moderator, ms = 0): LogIn => ({ login: of.login, password: of.password, code: code(of, ms) });
const wrong = '000000';
const refusal = async (typed: LogIn) =>
  logIn(house, typed).then(
    () => 'in',
    ({ code: says, detail, retryAfter }: { code: string; detail?: string; retryAfter?: number }) => ({ says, detail, retryAfter }),
  );
const asMember = (of: Seeded): Member => of as unknown as Member;

test('with log-in, password and code somebody is in, with the roles of the roster', async () => {
  const { member, token, expiresAt } = await logIn(house, rightly());
  expect(member).toEqual({ id: moderator.id, name: moderator.name, roles: ['moderator'], languages: ['ms', 'en'] });
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(expiresAt.getTime() - now().getTime()).toBe(12 * 60 * minute);
});

test('the log-in is the same however it is typed', async () => {
  await logIn(house, { ...rightly(), login: ` ${moderator.login.toUpperCase()} ` });
  house.clock.advance(step);
  await logIn(house, { ...rightly(), login: 'ａｗａｎ' });
});

test('what is wrong is not said: password, code, log-in, or a member who was disabled', async () => {
  const leaver = await enrol(house, asMember(administrator), { name: 'Pergi', login: 'pergi', roles: ['moderator'], languages: ['ms'] });
  await disable(house, asMember(administrator), { member: leaver.id });
  const answers = [
    await refusal({ ...rightly(), password: 'not the password' }),
    await refusal({ ...rightly(), code: wrong }),
    await refusal({ ...rightly(), login: 'nobody' }),
    await refusal({ ...rightly(), login: '' }),
    await refusal({ login: leaver.login, password: leaver.password, code: code(leaver) }),
  ];
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ says: 'log-in-failed' });
});

test('a password is compared once for everybody, known or not, with the same cost', async () => {
  const compared: string[] = [];
  const counting: typeof verifyPassword = (hash, password) => {
    compared.push(hash.split('$').slice(0, 4).join('$'));
    return verifyPassword(hash, password);
  };
  await logIn(house, rightly(), counting);
  for (const typed of [
    { ...rightly(), password: 'wrong wrong wrong' },
    { ...rightly(), login: 'nobody' },
    { ...rightly(), code: 'x' },
  ])
    await logIn(house, typed, counting).catch(() => undefined);
  expect(compared).toEqual(Array.from({ length: 4 }, () => '$argon2id$v=19$m=19456,t=2,p=1'));
});

test('a code works once: not again, not after a later one, and of two at the same moment for one', async () => {
  const first = rightly();
  await logIn(house, first);
  expect(await refusal(first)).toMatchObject({ says: 'log-in-failed' });
  await logIn(house, rightly(moderator, step));
  expect(await refusal(rightly())).toMatchObject({ says: 'log-in-failed' });
  house.clock.advance(10 * step);
  const both = await Promise.allSettled([logIn(house, rightly()), logIn(house, rightly())]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'log-in-failed' } });
});

test('a code of somebody else does not open', async () => {
  expect(await refusal({ ...rightly(), code: code(administrator) })).toMatchObject({ says: 'log-in-failed' });
});

test('a code is forgiven one step either way', async () => {
  await logIn(house, rightly(moderator, -step));
  await logIn(house, rightly(moderator, step));
  house.clock.advance(10 * step);
  expect(await refusal(rightly(moderator, -3 * step))).toMatchObject({ says: 'log-in-failed' });
  expect(await refusal(rightly(moderator, 3 * step))).toMatchObject({ says: 'log-in-failed' });
});

test('known and unknown log-ins are shut after the same tries, for the same time, with the same words', async () => {
  const answersOf = async (login: string) => {
    const answers: unknown[] = [];
    for (let n = 0; n < freeTries + 2; n += 1) answers.push(await refusal({ login, password: 'wrong wrong wrong', code: wrong }));
    return answers;
  };
  const [known, unknown] = [await answersOf(moderator.login), await answersOf('somebody.else')];
  expect(known).toEqual(unknown);
  expect(known.map((answer) => (answer as { says: string }).says)).toEqual([
    ...Array.from({ length: freeTries }, () => 'log-in-failed'),
    'log-in-locked',
    'log-in-locked',
  ]);
  expect(known.at(-1)).toMatchObject({ retryAfter: 60 });
});

test('while it is shut the right password does not open it either; afterwards it does, and the tries are forgotten', async () => {
  for (let n = 0; n < freeTries; n += 1) await refusal({ ...rightly(), password: 'wrong wrong wrong' });
  expect(await refusal(rightly())).toMatchObject({ says: 'log-in-locked' });
  house.clock.advance(minute - 1);
  expect(await refusal(rightly())).toMatchObject({ says: 'log-in-locked', retryAfter: 1 });
  house.clock.advance(1);
  await logIn(house, rightly());
  expect(await refusal({ ...rightly(), password: 'wrong wrong wrong' })).toMatchObject({ says: 'log-in-failed' });
});

test('somebody who is shut out shuts out nobody else', async () => {
  for (let n = 0; n < freeTries + 1; n += 1) await refusal({ ...rightly(), password: 'wrong wrong wrong' });
  await logIn(house, rightly(administrator));
});

test('of forty wrong tries at the same moment five are answered', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => refusal({ login: 'hammered', password: 'wrong wrong wrong', code: wrong })),
  );
  const says = answers.map((answer) => (answer as { says: string }).says);
  expect(says.filter((one) => one === 'log-in-failed')).toHaveLength(freeTries);
  expect(says.filter((one) => one === 'log-in-locked')).toHaveLength(40 - freeTries);
});

test('tries are kept without the words that were typed, and go after a day', async () => {
  await refusal({ login: 'my secret name', password: 'wrong wrong wrong', code: wrong });
  const kept = () => ask<{ row: string }>(house, 'select a::text as row from staff.attempt a');
  expect(JSON.stringify(await kept())).not.toContain('secret');
  expect(await kept()).toHaveLength(1);
  house.clock.advance(25 * 60 * minute);
  await refusal({ login: 'another', password: 'wrong wrong wrong', code: wrong });
  expect(await kept()).toHaveLength(1);
});

test('who is disabled between password and code is not let in', async () => {
  const leaver = await enrol(house, asMember(administrator), { name: 'Lewat', login: 'lewat', roles: ['moderator'], languages: ['ms'] });
  const late: typeof verifyPassword = async (hash, password) => {
    await disable(house, asMember(administrator), { member: leaver.id });
    return verifyPassword(hash, password);
  };
  await expect(logIn(house, { login: leaver.login, password: leaver.password, code: code(leaver) }, late)).rejects.toMatchObject({
    code: 'log-in-failed',
  });
  expect(await ask(house, `select count(*) from staff.session where staff = '${leaver.id}'`)).toEqual([{ count: 0 }]);
});

test('nor does a password open that was replaced while it was compared', async () => {
  const changed = await enrol(house, asMember(administrator), { name: 'Tukar', login: 'tukar', roles: ['moderator'], languages: ['ms'] });
  const { sealed } = await newSecrets(house, { totpSecret: changed.totpSecret });
  const late: typeof verifyPassword = async (hash, password) => {
    await house.db.begin('doors', (tx) => giveCredential(tx, changed.id, sealed, now()));
    return verifyPassword(hash, password);
  };
  await expect(logIn(house, { login: changed.login, password: changed.password, code: code(changed) }, late)).rejects.toMatchObject({
    code: 'log-in-failed',
  });
});

test('what somebody logs in with lies nowhere as it was handed over', async () => {
  const wrapped = new Map<string, Buffer>();
  const wrapping = {
    ...house,
    keyEncryption: {
      wrap: async (plain: Buffer) => {
        const sealed = house.random.bytes(32);
        wrapped.set(sealed.toString('hex'), plain);
        return sealed;
      },
      unwrap: async (sealed: Buffer) => wrapped.get(sealed.toString('hex')) as Buffer,
    },
  };
  const fresh = await enrol(wrapping, asMember(administrator), { name: 'Baru', login: 'baru', roles: ['moderator'], languages: ['ms'] });
  const { token } = await logIn(wrapping, { login: 'baru', password: fresh.password, code: code(fresh) });
  const dump = await ask<{ row: string }>(
    house,
    `select c::text || encode(totp_secret, 'escape') as row from staff.credential c union all select s::text from staff.session s
     union all select line from records.record`,
  );
  const all = dump.map(({ row }) => row).join('\n');
  for (const secret of [fresh.password, fresh.totpSecret, token]) expect(all.includes(secret)).toBe(false);
});
