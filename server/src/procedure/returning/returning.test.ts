import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAccount, knownBy } from '../../../test/ended.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { merge } from '../casework/index.ts';
import { claim, decideAppeal, decideOrPropose, receiveInstruction, standingOf, terminate } from '../moderation/index.ts';
import { erase } from '../people/erase.ts';
import { resemblances, unlink } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let client: pg.Client;
let moderator: Member;
let senior: Member;
let judge: Member;
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
  client = new pg.Client({ connectionString: house.url });
  await client.connect();
  [moderator, senior, judge] = [
    await enrolled(house, 'moderator'),
    await enrolled(house, 'senior-moderator'),
    await enrolled(house, 'senior-moderator'),
  ];
});
afterAll(async () => {
  await client.end();
  await house.close();
});

const ask = <T>(work: (tx: Tx) => Promise<T>) => house.db.begin('doors', work);
const known = async (account: string, ...by: Parameters<typeof knownBy> extends [unknown, unknown, ...infer By] ? By : never) => {
  const fresh = await knownBy(house, account, ...by);
  await house.settle();
  return fresh;
};
const ended = async (account: string) => {
  await endAccount(house, account, { first: moderator, second: judge, third: senior });
};
const casesOn = async (account: string) =>
  (
    await client.query<{ id: string; opened_by: string; harm: string; state: string; item: string }>(
      `select c.id, c.opened_by, c.harm, c.state, c.item from cases."case" c join subjects.item i on i.id = c.item
       where i.author = $1 and i.kind = 'profile' order by c.opened_at, c.id`,
      [now.ours(account)],
    )
  ).rows;
const linksOf = (account: string) => ask((tx) => subjects.linksOf(tx, now.ours(account)));
const stands = async (account: string) => (await ask((tx) => standingOf(house, tx, now.ours(account)))).state;

test('somebody whose account was ended comes back, is found, a person decides, another agrees, and on appeal it is given back and never asked again', async () => {
  await known('penipu', ['phone', 'nombor satu'], ['device', 'peranti satu']);
  await ended('penipu');
  await now.obey();
  expect(await stands('penipu')).toBe('terminated');

  // They sign up again; the answer to the platform says nothing of it.
  expect(await known('baharu', ['phone', 'nombor satu'])).toBe(1);
  const [found, ...more] = await casesOn('baharu');
  expect(more).toEqual([]);
  expect(found).toMatchObject({ opened_by: 'link', harm: 'manipulated-media', state: 'open' });
  // Nothing happens by itself: nothing is hidden, nobody is told, the account is as before.
  const of = found?.id as string;
  expect(await stands('baharu')).toBe('active');
  expect([await look(house).decisions(of), await look(house).notices(of), await look(house).actions(of)]).toEqual([[], [], []]);
  const [hint] = await ask((tx) => resemblances(tx, now.ours('baharu')));
  expect(hint).toMatchObject({ ended: now.ours('penipu'), kinds: ['phone'], confidence: 'medium', by: { clause: 'terrorism.funding' } });
  expect(hint?.doubts).toEqual(['one-thing']);
  // Nobody reported anything: none of the law's clocks runs, and it is looked at within the day.
  expect(await ask((tx) => cases.clocksOf(tx, of))).toEqual([]);
  expect((await ask((tx) => cases.workOn(tx, of)))?.dueAt).toEqual(new Date(house.clock.now().getTime() + 24 * 60 * minute));
  // It waits among what weighs as much as what that account was ended for.
  expect(await ask((tx) => cases.workOn(tx, of))).toMatchObject({ severity: 'critical' });

  // A person decides; until another has agreed the account is suspended.
  const decision = await now.judge(moderator, { case: of, determination: 'disable', clause: 'account.return', measure: 'suggested' });
  const [suspension] = await ask((tx) => decisions.followingOn(tx, decision.id));
  expect(suspension).toMatchObject({ determination: 'suspend-account', account: now.ours('baharu') });
  const end = await terminate(house, senior, { decision: suspension?.id as string, reason: 'Nombor yang sama, hantaran yang sama.' });
  expect((await now.obey()).sort()).toEqual(['disable', 'terminate-account']);
  await house.settle();
  expect(await stands('baharu')).toBe('terminated');
  expect((await look(house).notices(of)).map(({ role, template }) => `${role} ${template}`)).toContain('author account.terminated');

  // Whoever hears the appeal sees what the finding was about.
  expect(await ask((tx) => resemblances(tx, now.ours('baharu')))).toMatchObject([{ ended: now.ours('penipu'), kinds: ['phone'] }]);

  // They appeal against the end of their account, and a third person finds that it is their sister's number.
  const { appeal } = await now.appeal(decision.id, 'baharu');
  await decideAppeal(house, judge, {
    appeal,
    outcome: 'overturned',
    determination: 'none',
    clause: null,
    reason: 'Nombor itu milik kakaknya.',
  });
  expect((await now.obey()).sort()).toEqual(['reinstate-account', 'restore']);
  await house.settle();
  expect(await stands('baharu')).toBe('active');
  expect((await ask((tx) => decisions.decision(tx, end.id)))?.state).toBe('superseded');
  expect(await linksOf('baharu')).toMatchObject([{ state: 'undone' }]);

  // The same two never raise a case again, whatever else turns out to be the same.
  await known('baharu', ['device', 'peranti satu']);
  expect(await casesOn('baharu')).toHaveLength(1);
  expect(await ask((tx) => resemblances(tx, now.ours('baharu')))).toEqual([]);
});

describe('is found', () => {
  test('whichever comes first: the other account was there already when this one was ended', async () => {
    await known('kedua', ['email', 'dua@contoh']);
    await known('pertama', ['email', 'dua@contoh']);
    expect(await casesOn('kedua')).toEqual([]);
    house.clock.advance(minute);
    await ended('pertama');
    await house.settle();
    const [found] = await casesOn('kedua');
    expect(found).toMatchObject({ opened_by: 'link', state: 'open' });
    // Said to whoever decides: it was no new one.
    expect((await ask((tx) => resemblances(tx, now.ours('kedua'))))[0]?.doubts).toContain('before');
    expect(await casesOn('pertama')).toEqual([]);
  });

  test('and once somebody reports the profile, the law’s clocks run from then', async () => {
    await known('dilapor', ['phone', 'nombor dilapor']);
    await ended('dilapor');
    await known('dilapor-2', ['phone', 'nombor dilapor']);
    const [found] = await casesOn('dilapor-2');
    const of = found?.id as string;
    house.clock.advance(60 * minute);
    const profile = { ...post('dilapor-2', { author: 'dilapor-2', text: 'Saya menjual kuih.' }), kind: 'profile' };
    expect((await now.report(profile, { harm: 'manipulated-media', by: 'jiran' })).case).toBe(of);
    const left = (await ask((tx) => cases.clocksOf(tx, of))).filter(({ subject }) => subject === of);
    expect(left.map(({ clock }) => clock).sort()).toEqual(['determine', 'protect']);
    const [at] = left.filter(({ clock }) => clock === 'protect');
    expect([at?.startedAt, at?.dueAt]).toEqual([house.clock.now(), new Date(house.clock.now().getTime() + 240 * minute)]);
    // A second report, of something worse, leaves them less.
    house.clock.advance(minute);
    await now.report(profile, { harm: 'scam', by: 'jiran-2' });
    const [less] = (await ask((tx) => cases.clocksOf(tx, of))).filter(({ subject, clock }) => subject === of && clock === 'protect');
    expect(less?.dueAt.getTime()).toBeLessThan(at?.dueAt.getTime() ?? 0);
  });

  test('in one case, which a second identifier and a second ended account join', async () => {
    await known('lama', ['phone', 'nombor tiga'], ['payment', 'kad tiga']);
    await known('lebih-lama', ['payment', 'kad tiga']);
    await ended('lama');
    await known('lagi', ['phone', 'nombor tiga']);
    const [found] = await casesOn('lagi');
    expect(await linksOf('lagi')).toMatchObject([{ ended: now.ours('lama'), kinds: ['phone'], confidence: 'medium', case: found?.id }]);
    await known('lagi', ['payment', 'kad tiga']);
    expect(await linksOf('lagi')).toMatchObject([{ kinds: ['payment', 'phone'], confidence: 'high', case: found?.id }]);
    await ended('lebih-lama');
    await house.settle();
    expect((await linksOf('lagi')).map((link) => [link.ended, link.case])).toEqual([
      [now.ours('lama'), found?.id],
      [now.ours('lebih-lama'), found?.id],
    ]);
    expect(await casesOn('lagi')).toHaveLength(1);
  });

  test('behind hundreds who share its network', async () => {
    await known('dibuang', ['phone', 'nombor lapan']);
    await ended('dibuang');
    await knownBy(house, 'ramai', ['network', 'kampus']);
    await client.query(
      `insert into subjects.identifier select lpad(n::text, 32, '0')::uuid, i.kind, i.digest, i.noted_at
       from subjects.identifier i, generate_series(1, 300) n where i.account = $1`,
      [now.ours('ramai')],
    );
    await known('datang', ['network', 'kampus'], ['phone', 'nombor lapan']);
    expect(await linksOf('datang')).toMatchObject([{ ended: now.ours('dibuang'), kinds: ['phone'], confidence: 'medium' }]);
    expect((await ask((tx) => resemblances(tx, now.ours('datang')))).map((one) => one.ended)).toEqual([now.ours('dibuang')]);
  });

  test('where that profile’s case was merged into another, that one is as urgent then', async () => {
    const { case: lead } = await now.report(post('bersama', { author: 'lain' }), { harm: 'bullying-hate', by: 'jiran' });
    const profile = { ...post('profil-10', { author: 'bersama' }), kind: 'profile' };
    const { case: of } = await now.report(profile, { harm: 'bullying-hate', by: 'jiran' });
    await merge(house, moderator, { case: of, into: lead, why: [] });
    await known('gabung', ['phone', 'nombor gabung']);
    await ended('gabung');
    await known('bersama', ['phone', 'nombor gabung']);
    const [ours, carrying] = await ask((tx) => Promise.all([cases.workOn(tx, of), cases.workOn(tx, lead)]));
    expect(ours).toMatchObject({ severity: 'critical' });
    expect(carrying?.rank).toBe(ours?.rank);
  });

  test('about the profile as it was handed in, where it was', async () => {
    const profile = { ...post('profil-9', { author: 'berwajah', text: 'Saya menjual kuih.' }), kind: 'profile' };
    await now.report(profile, { harm: 'bullying-hate', by: 'jiran' });
    await known('hilang', ['device', 'peranti lima']);
    await ended('hilang');
    await known('berwajah', ['device', 'peranti lima']);
    const found = await casesOn('berwajah');
    // The open case on that profile is joined.
    expect(found).toMatchObject([{ opened_by: 'report', harm: 'bullying-hate' }]);
    expect(await linksOf('berwajah')).toMatchObject([{ case: found[0]?.id }]);
  });

  test('with what speaks against it: another age, another language, an appeal against the end of the other account that waits', async () => {
    const said = (id: string, language: 'ms' | 'ta', age_band: 'adult' | '13-17') =>
      now.report({ ...post(`${id}-hello`), author: { id, handle: id, language, age_band } }, { by: `${id}-friend` });
    await said('tua', 'ms', 'adult');
    await said('muda', 'ta', '13-17');
    await known('tua', ['email', 'rumah@contoh']);
    const end = await endAccount(house, 'tua', { first: moderator, second: judge, third: senior });
    await known('muda', ['email', 'rumah@contoh']);
    expect((await ask((tx) => resemblances(tx, now.ours('muda'))))[0]?.doubts).toEqual(['one-thing', 'age', 'language']);
    await now.appeal(end.id, 'tua');
    expect((await ask((tx) => resemblances(tx, now.ours('muda'))))[0]?.doubts).toContain('contested');
  });

  test('and what was never handed in is sealed as far as it is known, and says that it is not whole', async () => {
    const [found] = await casesOn('kedua');
    const [revision] = await ask((tx) => cases.revisionsOf(tx, found?.id as string));
    const seen = await ask((tx) => subjects.revision(tx, revision as string));
    expect(seen).toMatchObject({ platformRevision: 'unseen', complete: false });
    const said = await ask((tx) => reveal(house, tx, 'content.snapshotted', seen?.record as string));
    expect(said).toMatchObject({ item_kind: 'profile', attested: 'platform', external_id: 'kedua', text: 'kedua', media: [] });
  });
});

describe('nobody is asked about', () => {
  test('what many have in common: a network however often it matches, and a telephone that a whole school has', async () => {
    await known('pelajar', ['network', 'universiti'], ['phone', 'telefon pejabat']);
    await ended('pelajar');
    await known('rakan', ['network', 'universiti']);
    expect(await casesOn('rakan')).toEqual([]);
    // Nor is it put on record: a whole university would be linked to whoever of it was shut out.
    expect(await linksOf('rakan')).toEqual([]);
    expect((await ask((tx) => resemblances(tx, now.ours('rakan'))))[0]).toMatchObject({ kinds: ['network'], confidence: 'low' });
    for (const n of [1, 2, 3, 4, 5]) await known(`guru-${n}`, ['network', `rumah ${n}`]);
    // Nobody looked while six had it: they had it already when it was one of a few.
    const hashes = [1, 2, 3, 4, 5].map((n) => `guru-${n}`);
    for (const account of hashes) await knownBy(house, account, ['phone', 'telefon pejabat']);
    await house.settle();
    for (const account of hashes) expect([account, await casesOn(account)]).toEqual([account, []]);
    expect((await ask((tx) => resemblances(tx, now.ours('guru-1'))))[0]).toMatchObject({
      confidence: 'low',
      doubts: ['one-thing', 'common'],
    });
  });

  test('where the guidelines that bind here do not have the clause; the link is on record all the same', async () => {
    const other = await testHouse({ seed: 'older' });
    const direct = new pg.Client({ connectionString: other.url });
    await direct.connect();
    // As an installation of 0.2.0 has it.
    await direct.query(`update policy.version set digest = '94f3152cf110a1ab802f4535410e284c2be53724b684db516fd81f66c105596e'`);
    const [before, later] = [house, now];
    const staff = [moderator, senior, judge] as const;
    try {
      house = other;
      now = play(other);
      [moderator, senior, judge] = [
        await enrolled(other, 'moderator'),
        await enrolled(other, 'senior-moderator'),
        await enrolled(other, 'senior-moderator'),
      ];
      await known('dahulu', ['phone', 'nombor']);
      await ended('dahulu');
      await known('kini', ['phone', 'nombor']);
      expect(await linksOf('kini')).toMatchObject([{ kinds: ['phone'], case: null }]);
      expect((await direct.query('select 1 from cases."case" where opened_by = $1', ['link'])).rows).toEqual([]);
    } finally {
      [house, now] = [before, later];
      [moderator, senior, judge] = staff;
      await direct.end();
      await other.close();
    }
  });

  test('two of whom somebody has found that they are two people', async () => {
    await known('adik', ['phone', 'nombor enam'], ['device', 'peranti enam']);
    await ended('adik');
    await known('abang', ['phone', 'nombor enam']);
    const [found] = await casesOn('abang');
    const two = { account: now.ours('abang'), ended: now.ours('adik') };
    await expect(unlink(house, moderator, { ...two, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
    await expect(unlink(house, await enrolled(house, 'trainer'), { ...two, reason: 'Adik-beradik.' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await unlink(house, moderator, { ...two, reason: 'Adik-beradik yang berkongsi telefon.' });
    await expect(unlink(house, senior, { ...two, reason: 'Adik-beradik.' })).rejects.toMatchObject({
      code: 'decision-not-open',
    });
    await now.judge(moderator, { case: found?.id as string, determination: 'none', clause: null });
    await known('abang', ['device', 'peranti enam']);
    expect(await casesOn('abang')).toMatchObject([{ id: found?.id, state: 'closed' }]);
    expect(await linksOf('abang')).toMatchObject([{ state: 'undone' }]);
    expect((await look(house).records(found?.id)).map(({ kind }) => kind)).toContain('account.unlinked');
  });
});

test('what the regulator instructs about a profile does not say that it is somebody else’s', async () => {
  await known('penghasut', ['phone', 'nombor sembilan']);
  await ended('penghasut');
  await known('muncul', ['phone', 'nombor sembilan']);
  const [found] = await casesOn('muncul');
  const of = found?.id as string;
  await claim(house, moderator, of);
  await decideOrPropose(house, moderator, { case: of, determination: 'disable', clause: 'account.return', reason: 'Nombor yang sama.' });
  await now.obey();
  await house.settle();
  await receiveInstruction(house, await enrolled(house, 'compliance-officer'), {
    ...{ service: 'warung', kind: 'remove', reference: 'MCMC/9', due: new Date(house.clock.now().getTime() + 6 * hour) },
    item: { kind: 'profile', id: 'muncul' },
  });
  await now.obey();
  await house.settle();
  expect((await look(house).decisions(of)).at(-1)).toMatchObject({ clause: null });
  expect(await linksOf('muncul')).toMatchObject([{ state: 'linked' }]);
});

test('once either is erased for *linking*, nobody is linked any more; the records tell the same', async () => {
  await known('pergi', ['phone', 'nombor tujuh']);
  await ended('pergi');
  await known('tinggal', ['phone', 'nombor tujuh']);
  expect(await linksOf('tinggal')).toHaveLength(1);
  expect(await erase(house, 'warung', now.ours('pergi'), 'linking')).toBe(true);
  await house.settle();
  expect(await linksOf('tinggal')).toEqual([]);
  expect(await ask((tx) => resemblances(tx, now.ours('tinggal')))).toEqual([]);
  const { rows } = await client.query('select kinds, confidence from subjects.link where account is null');
  expect(rows).toEqual([{ kinds: null, confidence: null }]);
});

test('nothing that leaves the house says by what somebody was recognised, or as whom', async () => {
  const said = (await look(house).messages()).filter(({ text }) => /"penipu"/.test(text) && /"baharu"/.test(text));
  expect(said).toEqual([]);
});
