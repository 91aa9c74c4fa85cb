import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { knownBy } from '../../../test/ended.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import { terminate } from '../../procedure/moderation/index.ts';
import { erase } from '../../procedure/people/erase.ts';
import * as subjects from '../../subjects/index.ts';

let desk: TestDesk;
let awan: Visitor;
let mullai: Visitor;
let seri: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'account' });
  awan = await desk.logIn('awan');
  mullai = await desk.logIn('mullai');
  seri = await desk.logIn('seri');
});
afterAll(() => desk.close());

const reason = 'Sebab yang boleh dibaca.';
const held = async (item: string, author: string) => {
  const { case: id } = await play(desk.house).report(post(item, { author }));
  await awan.post(`/desk/cases/${id}/claim`);
  return id;
};
/** By a clause that leads straight to the end of an account: Awan proposes it, Seri looks and confirms. */
const grave = async (item: string, author: string) => {
  const id = await held(item, author);
  await awan.post(`/desk/cases/${id}/decide`, { determination: 'remove', clause: 'terrorism.funding', reason, measure: 'suggested' });
  expect(await measuresOn(author)).toEqual([]);
  const [proposal] = /\/desk\/approvals\/[0-9a-f-]{36}/.exec(await seri.page('/desk/approvals')) ?? [];
  await seri.page(proposal as string);
  await seri.post(`${proposal}/reveal`);
  expect((await seri.post(`${proposal}/settle`, { outcome: 'confirmed' })).status).toBe(303);
};
const measuresOn = async (author: string) =>
  (await desk.house.db.begin('doors', (tx) => decisions.decisionsOnAccount(tx, play(desk.house).ours(author)))).filter(
    ({ targetKind }) => targetKind === 'account',
  );

describe('the case page', () => {
  test('shows before a decision what would follow from it, for the account too, and decides just that', async () => {
    const id = await held('what-follows', 'farid');
    const typed = { determination: 'remove', clause: 'scam.phishing', reason, measure: 'suggested', lessened: '' };
    const seen = await (await awan.post(`/desk/cases/${id}/preview`, typed)).text();
    for (const said of ['What would follow', 'Suspend the account', 'Straight to this step', 'Weight 3; 3 together', reason])
      expect(seen).toContain(said);
    expect(await measuresOn('farid')).toEqual([]);
    expect((await awan.post(`/desk/cases/${id}/decide`, typed)).status).toBe(303);
    expect(await measuresOn('farid')).toMatchObject([{ determination: 'suspend-account', state: 'standing' }]);
  });

  test('asks why where less is done than the ladder has, and keeps what was typed', async () => {
    const id = await held('less', 'gita');
    const typed = { determination: 'remove', clause: 'scam.phishing', reason, measure: 'warn', lessened: '' };
    const asked = await awan.post(`/desk/cases/${id}/decide`, typed);
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain('href="#lessened"');
    const grave = await awan.post(`/desk/cases/${id}/decide`, { ...typed, clause: 'bullying.harassment', measure: 'suspend-account' });
    expect([grave.status, await grave.text()]).toEqual([422, expect.stringContaining('href="#measure"')]);
    expect((await awan.post(`/desk/cases/${id}/decide`, { ...typed, lessened: 'Akaunnya digodam.' })).status).toBe(303);
    expect(await measuresOn('gita')).toMatchObject([{ determination: 'warn' }]);
  });
});

describe('the account page', () => {
  test('shows what runs, what counts and until when, and what was decided', async () => {
    const id = await held('seen', 'hana');
    await awan.post(`/desk/cases/${id}/decide`, { determination: 'remove', clause: 'bullying.doxing', reason, measure: 'suggested' });
    const page = await awan.page(`/desk/cases/${id}`);
    const link = /\/desk\/accounts\/[0-9a-f-]{36}/.exec(page)?.[0] as string;
    const account = await awan.page(link);
    for (const said of [
      'Account hana-handle',
      'Restricted',
      'Restrict the account',
      'Strikes that count',
      'once the weight reaches 5',
      'Bullying',
    ])
      expect(account).toContain(said);
    expect((await awan.get(link.replace(/.{12}$/, '000000000000'))).status).toBe(404);
  });

  test('ends an account only by a second person, where the ladder leads there; until then it is suspended', async () => {
    await grave('grave', 'jaya');
    const [suspension] = await measuresOn('jaya');
    expect(suspension).toMatchObject({ determination: 'suspend-account' });
    const at = `/desk/accounts/${play(desk.house).ours('jaya')}`;
    const end = { decision: suspension?.id as string, reason };
    expect((await seri.post(`${at}/terminate`, end)).status).toBe(403);
    expect((await awan.post(`${at}/terminate`, end)).status).toBe(403);
    expect(await awan.page(at)).toContain('A second person is needed');
    expect((await measuresOn('jaya'))[0]).toMatchObject({ determination: 'suspend-account', state: 'standing' });
    await grave('grave-2', 'kavi');
    const [theirs] = await measuresOn('kavi');
    const kavi = `/desk/accounts/${play(desk.house).ours('kavi')}`;
    const silent = await mullai.post(`${kavi}/terminate`, { decision: theirs?.id as string, reason: '' });
    expect(silent.status).toBe(422);
    expect((await mullai.post(`${kavi}/terminate`, { decision: theirs?.id as string, reason })).status).toBe(303);
    expect(await measuresOn('kavi')).toMatchObject([
      { determination: 'terminate-account', state: 'standing', endsAt: null },
      { determination: 'suspend-account', state: 'superseded' },
    ]);
    expect(await mullai.page(kavi)).toContain('Terminated');
  });

  test('what waits for that second person stands with what else needs two, until somebody ends it or leaves it suspended', async () => {
    const [list, who] = [await mullai.page('/desk/approvals'), await seri.page('/desk/approvals')];
    for (const said of ['Accounts that may be ended', 'jaya-handle', 'You may']) expect(list).toContain(said);
    expect(list).not.toContain('kavi-handle');
    expect(who).toContain('Another senior moderator');
    const at = /href="(\/desk\/accounts\/[0-9a-f-]{36})">jaya-handle/.exec(list)?.[1] as string;
    const [suspension] = await measuresOn('jaya');
    for (const said of ['Terminate the account', 'Leave it suspended']) expect(await mullai.page(at)).toContain(said);
    expect((await mullai.post(`${at}/keep`, { decision: suspension?.id as string, reason })).status).toBe(303);
    expect(await mullai.page(at)).not.toContain('A second person is needed');
    expect(await mullai.page('/desk/approvals')).not.toContain('jaya-handle');
    expect((await mullai.post(`${at}/keep`, { decision: suspension?.id as string, reason })).status).toBe(422);
  });
});

test('an account known by the same as an ended one is pointed out where it is decided: why that one was ended, what is the same, how sure, and what speaks against it', async () => {
  const { house } = desk;
  await knownBy(house, 'lila', ['device', 'peranti'], ['phone', 'nombor']);
  await grave('lila-1', 'lila');
  await knownBy(house, 'back-again', ['device', 'peranti'], ['phone', 'nombor']);
  await house.settle();
  const { ours } = play(house);
  const account = `/desk/accounts/${ours('back-again')}`;
  // Suspended is not ended.
  expect(await awan.page(account)).not.toContain('perhaps an account that was ended');
  const [suspension] = await measuresOn('lila');
  house.clock.advance(1_000);
  await mullai.post(`/desk/accounts/${ours('lila')}/terminate`, { decision: suspension?.id as string, reason });
  await house.settle();
  // The case that was opened by it stands in the queue, and says where it comes from.
  const [link] = await house.db.begin('doors', (tx) => subjects.linksOf(tx, ours('back-again')));
  const at = `/desk/cases/${link?.case}`;
  const page = await awan.page(at);
  for (const said of [
    'for resembling an account that was ended',
    `/desk/accounts/${ours('lila')}`,
    'Money or members for terrorists',
    'The same: device, telephone',
    'High confidence',
    'this account was there before that one was ended',
  ])
    expect(page).toContain(said);
  expect(page).not.toContain(Buffer.from('nombor').toString('hex'));
  expect(await awan.page(account)).toContain('High confidence');
  expect(await measuresOn('back-again')).toEqual([]);

  // It is somebody else, says a person, and why; then nothing is pointed out any more, and the case is decided as any other.
  const silent = await awan.post(`${account}/unlink`, { ended: ours('lila'), case: link?.case as string, why: '' });
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('href="#why"')]);
  const undone = await awan.post(`${account}/unlink`, { ended: ours('lila'), case: link?.case as string, why: 'Adik perempuannya.' });
  expect([undone.status, undone.headers.get('location')]).toEqual([303, at]);
  const after = await awan.page(at);
  expect(after).toContain('Found to be somebody else');
  expect(after).not.toContain('perhaps an account that was ended');
});

test('whoever hears the appeal of somebody who was found to have come back sees what that was found by, and says by their answer whether it is so', async () => {
  const { house } = desk;
  const { ours, appeal } = play(house);
  await knownBy(house, 'kembali', ['phone', 'nombor']);
  await house.settle();
  const [link] = await house.db.begin('doors', (tx) => subjects.linksOf(tx, ours('kembali')));
  const at = `/desk/cases/${link?.case}`;
  await awan.post(`${at}/claim`);
  expect(await awan.page(at)).toMatch(/<option value="account.return" selected>/);
  await awan.post(`${at}/decide`, { determination: 'disable', clause: 'account.return', reason, measure: 'suggested' });
  expect(await measuresOn('kembali')).toMatchObject([{ determination: 'suspend-account', clause: 'account.return' }]);
  const [made] = await house.db.begin('doors', (tx) => decisions.decisionsOf(tx, link?.case as string));
  const { appeal: id } = await appeal(made?.id as string, 'kembali');
  const page = await seri.page(`/desk/appeals/${id}`);
  for (const said of ['perhaps an account that was ended', 'The same: telephone', 'Medium confidence', 'This profile was never handed in'])
    expect(page).toContain(said);
  expect(page).not.toContain('/unlink');
  await seri.post(`/desk/appeals/${id}/decide`, { outcome: 'overturned', determination: 'none', reason });
  await house.settle();
  expect(await house.db.begin('doors', (tx) => subjects.linksOf(tx, ours('kembali')))).toMatchObject([{ state: 'undone' }]);
  expect(await awan.page(at)).toContain('The link was undone by a new decision');
});

test('who is erased for recognising alone is recognised by nobody, and everything else stays', async () => {
  const { house } = desk;
  const { ours } = play(house);
  await knownBy(house, 'stranger', ['device', 'peranti']);
  const page = `/desk/accounts/${ours('stranger')}`;
  expect(await awan.page(page)).toContain('perhaps an account that was ended');
  expect(await erase(house, 'warung', ours('lila'), 'linking')).toBe(true);
  expect(await awan.page(page)).not.toContain('perhaps an account that was ended');
  expect(await measuresOn('lila')).toHaveLength(2);
});

test('of what an account did to children nobody learns here but whom it concerns: neither clause nor harm nor case, also where another account resembles it', async () => {
  const { house } = desk;
  const [melur, kasturi] = [await desk.logIn('melur'), await desk.logIn('kasturi')];
  const { case: of } = await play(house).report(post('grave-child', { author: 'zul' }), { harm: 'csam', by: 'a witness' });
  await melur.post(`/desk/cases/${of}/claim`);
  await melur.post(`/desk/cases/${of}/decide`, { determination: 'remove', clause: 'csam.material', reason, measure: 'suggested' });
  const [proposal] = /\/desk\/approvals\/[0-9a-f-]{36}/.exec(await kasturi.page('/desk/approvals')) ?? [];
  await kasturi.page(proposal as string);
  await kasturi.post(`${proposal}/reveal`);
  expect((await kasturi.post(`${proposal}/settle`, { outcome: 'confirmed' })).status).toBe(303);
  const { ours } = play(house);
  const at = (account: string) => `/desk/accounts/${ours(account)}?lang=en`;
  const tells = ['Child', 'csam', `${of.slice(-8, -4).toUpperCase()}-${of.slice(-4).toUpperCase()}`];
  const told = async (by: Visitor, page: string) => {
    const whole = await by.page(page);
    // On the page of a case stand the clauses among which one chooses.
    const shown =
      /<section class="notice">[\s\S]*?perhaps an account[\s\S]*?<\/section>/.exec(whole)?.[0] ?? whole.replace(/^[\s\S]*<main/, '');
    return [...tells, 'Not shown to your role'].filter((word) => shown.includes(word));
  };
  expect([await told(awan, at('zul')), await told(melur, at('zul'))]).toEqual([
    ['Not shown to your role'],
    expect.arrayContaining(['Child', tells[2]]),
  ]);
  const third = await enrolled(house, 'child-safety-reviewer');
  const [suspension] = await measuresOn('zul');
  await terminate(house, third, { decision: suspension?.id as string, reason });
  await knownBy(house, 'zul', ['phone', 'nombor zul']);
  await knownBy(house, 'zul-2', ['phone', 'nombor zul']);
  await house.settle();
  const [link] = await house.db.begin('doors', (tx) => subjects.linksOf(tx, ours('zul-2')));
  const of2 = `/desk/cases/${link?.case}?lang=en`;
  expect(await awan.page(of2)).toContain('perhaps an account');
  for (const page of [at('zul'), at('zul-2'), of2]) expect([page, await told(awan, page)]).toEqual([page, ['Not shown to your role']]);
  expect(await told(melur, at('zul-2'))).toContain('Child');
});

test('an end of an account is no longer counted as waiting once its holder’s profile is erased, as it is listed no longer', async () => {
  const counted = async () =>
    Number(/<span>Approvals<\/span><span class="count">(\d+)/.exec(await mullai.page('/desk/approvals'))?.[1] ?? 0);
  const before = await counted();
  await grave('grave-erased', 'yati');
  expect(await counted()).toBe(before + 1);
  expect(await erase(desk.house, 'warung', play(desk.house).ours('yati'), 'profile')).toBe(true);
  expect(await mullai.page('/desk/approvals')).not.toContain('yati-handle');
  expect(await counted()).toBe(before);
});
