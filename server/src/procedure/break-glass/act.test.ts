import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as calls from '../../calls/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as policy from '../../policy/index.ts';
import * as screening from '../../screening/index.ts';
import type { Member } from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { amendDraft, beginDraft, confirmVersion, publishDraft, reviewDraft, withdrawVersion } from '../policy/index.ts';
import { brakeRule, draftRule, makeRuleLive, proposeRule, shadowRule } from '../rules/index.ts';
import { disable } from '../staff/disable.ts';
import { closeGlass, makeRuleLiveAlone, openGlass, publishAlone, reviewAct } from './index.ts';

let house: TestHouse;
let see: ReturnType<typeof look>;
let editor: Member;
let administrator: Member;
let senior: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'acts alone' });
  see = look(house);
  editor = await enrolled(house, 'policy-editor');
  administrator = await enrolled(house, 'administrator');
  senior = await enrolled(house, 'senior-moderator');
  officer = await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

const why = 'Tiada orang kedua bertugas malam ini.';
const reason = 'Saya sudah membacanya.';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const ruleNow = async (id: string) => (await ask((tx) => screening.findRule(tx, id))) as screening.Rule;
const versionNow = async (version: string) => (await ask((tx) => policy.version(tx, version))) as policy.VersionRow;
const actOn = async (what: 'rule' | 'policy', subject: string) =>
  (await ask((tx) => decisions.actOn(tx, what, subject))) as decisions.ActAlone;
const called = async () =>
  (await ask((tx) => calls.unanswered(tx, house.clock.now(), 500))).map(({ about, subject }) => `${about} ${subject}`);

async function proposedRule(slug: string, by = editor): Promise<string> {
  const id = await draftRule(house, by, {
    ...{ slug, harm: 'scam', clause: 'scam.phishing', verdict: 'review' },
    when: 'account.age_days < 3 && item.links >= 1',
    ...{ name: { ms: 'Pautan akaun baharu' }, why: { en: 'New accounts seldom share links.' } },
  } as const);
  await shadowRule(house, by, id);
  await proposeRule(house, by, id);
  return id;
}
const seen = async (draft: string) => ((await ask((tx) => policy.findDraft(tx, draft))) as policy.Draft).digest;
async function written(rule: string, by = editor): Promise<string> {
  house.clock.advance(1_000);
  const draft = await beginDraft(house, by);
  const clause = (await ask((tx) => policy.inForce(tx, house.clock.now()))).clauseOf('scam.prize') as policy.Clause;
  const becomes = { ...clause, rule: { ...clause.rule, en: rule } };
  await amendDraft(house, by, { draft, seen: await seen(draft), clause: { id: clause.id, becomes } });
  return draft;
}
const publish = async (draft: string, from = house.clock.now(), by = editor) =>
  publishAlone(house, by, { draft, seen: await seen(draft), from });

test('whoever writes rules and guidelines opens break-glass, too; a compliance officer, who is alarmed by it, does not', async () => {
  await expect(openGlass(house, officer, { hours: 2, reason: why })).rejects.toMatchObject({ code: 'forbidden' });
  const glass = await openGlass(house, administrator, { hours: 2, reason: why });
  expect(await called()).toContain(`break-glass ${glass}`);
  await closeGlass(house, administrator, glass);
});

test('a rule counts by the word of whoever proposed it alone, and another person agrees afterwards', async () => {
  const id = await proposedRule('alone');
  await expect(makeRuleLiveAlone(house, editor, id)).rejects.toMatchObject({ code: 'glass-closed' });
  await openGlass(house, editor, { hours: 24, reason: why });
  await openGlass(house, senior, { hours: 24, reason: why });
  // Whoever neither wrote nor proposed it is the second person, and needs no break-glass.
  await expect(makeRuleLiveAlone(house, senior, id)).rejects.toMatchObject({ code: 'forbidden' });
  await makeRuleLiveAlone(house, editor, id);
  expect((await ruleNow(id)).state).toBe('live');
  const act = await actOn('rule', id);
  expect(act).toMatchObject({ state: 'unreviewed', actedBy: editor.id });
  expect(await called()).toContain(`alone ${act.id}`);
  const review = { act: act.id, agrees: true, reason };
  await expect(reviewAct(house, editor, review)).rejects.toMatchObject({ code: 'same-person' });
  await expect(reviewAct(house, officer, review)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(reviewAct(house, senior, { ...review, reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  expect(await reviewAct(house, senior, review)).toBe('upheld');
  await expect(reviewAct(house, administrator, review)).rejects.toMatchObject({ code: 'conflict' });
  expect((await ruleNow(id)).state).toBe('live');
});

test('a reviewer who does not agree switches the rule off, but not what two have made count since', async () => {
  const id = await proposedRule('objected');
  await makeRuleLiveAlone(house, editor, id);
  expect(await reviewAct(house, senior, { act: (await actOn('rule', id)).id, agrees: false, reason })).toBe('reversed');
  expect((await ruleNow(id)).state).toBe('off');
  const braked = await proposedRule('braked');
  await makeRuleLiveAlone(house, editor, braked);
  house.clock.advance(1_000);
  // The emergency brake asks nobody, as ever.
  await brakeRule(house, { slug: 'braked', version: '1', hits: 50, screened: 100 });
  expect((await ruleNow(braked)).state).toBe('shadow');
  await proposeRule(house, editor, braked);
  await makeRuleLive(house, administrator, braked);
  expect(await reviewAct(house, senior, { act: (await actOn('rule', braked)).id, agrees: false, reason })).toBe('objected');
  expect((await ruleNow(braked)).state).toBe('live');
});

test('guidelines that their author publishes alone are marked as single-handed until another person has read them', async () => {
  const draft = await written('No fake prizes.');
  await expect(publish(draft, undefined, senior)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(publish(draft, undefined, administrator)).rejects.toMatchObject({ code: 'glass-closed' });
  const version = await publish(draft);
  expect(await versionNow(version)).toMatchObject({ singleHanded: true, withdrawnAt: null });
  expect((await ask((tx) => policy.inForce(tx, house.clock.now()))).version).toBe(version);
  const act = await actOn('policy', version);
  expect(await called()).toContain(`alone ${act.id}`);
  // Confirming it is the review, with a reason; whoever wrote it does neither.
  await expect(confirmVersion(house, senior, version)).rejects.toMatchObject({ code: 'conflict' });
  const review = { act: act.id, agrees: true, reason };
  await expect(reviewAct(house, editor, review)).rejects.toMatchObject({ code: 'same-person' });
  expect(await reviewAct(house, senior, review)).toBe('upheld');
  expect(await versionNow(version)).toMatchObject({ singleHanded: false });
});

test('nobody who wrote at them reviews them, also where somebody else published them', async () => {
  const draft = await written('No prizes.');
  await amendDraft(house, senior, { draft, seen: await seen(draft), clause: { id: 'scam.loan', becomes: null } });
  const version = await publish(draft);
  const { id: act } = await actOn('policy', version);
  await expect(reviewAct(house, senior, { act, agrees: true, reason })).rejects.toMatchObject({ code: 'same-person' });
  expect(await reviewAct(house, administrator, { act, agrees: true, reason })).toBe('upheld');
});

test('nothing incomplete is published alone, nor what somebody has returned or accepted, or what is based on an older version', async () => {
  const [older, accepted] = [await written('No prizes at all.'), await written('No prizes, ever.')];
  const gap = await written('');
  await expect(publish(gap)).rejects.toMatchObject({ code: 'policy-incomplete' });
  await reviewDraft(house, senior, { draft: accepted, seen: await seen(accepted), outcome: 'returned', reason });
  await expect(publish(accepted)).rejects.toMatchObject({ code: 'conflict' });
  await reviewDraft(house, senior, { draft: accepted, seen: await seen(accepted), outcome: 'accepted', reason });
  await expect(publish(accepted)).rejects.toMatchObject({ code: 'conflict' });
  const version = await publishDraft(house, editor, { draft: accepted, seen: await seen(accepted), from: house.clock.now() });
  expect(await versionNow(version)).toMatchObject({ singleHanded: false });
  await expect(publish(older)).rejects.toMatchObject({ code: 'conflict' });
});

test('who does not agree withdraws a version that is not in force; of one that is, the objection is on record and officers are called', async () => {
  const ahead = await publish(await written('No prizes from tomorrow.'), new Date(house.clock.now().getTime() + 24 * hour));
  expect(await reviewAct(house, senior, { act: (await actOn('policy', ahead)).id, agrees: false, reason })).toBe('reversed');
  expect((await versionNow(ahead)).withdrawnAt).not.toBe(null);
  const now = await publish(await written('No prizes from now.'));
  const { id: act } = await actOn('policy', now);
  expect(await reviewAct(house, senior, { act, agrees: false, reason: 'Terlalu luas.' })).toBe('objected');
  expect(await called()).toContain(`objected ${act}`);
  expect(await versionNow(now)).toMatchObject({ singleHanded: true, withdrawnAt: null });
  const [said] = (await see.records()).filter(({ kind, payload }) => kind === 'break-glass.act-reviewed' && payload['act'] === act);
  expect(said?.payload).toMatchObject({ outcome: 'objected' });
  // The way on is another draft, which two people make.
  await expect(confirmVersion(house, administrator, now)).rejects.toMatchObject({ code: 'conflict' });
  const next = await written('No fake prizes.');
  await reviewDraft(house, senior, { draft: next, seen: await seen(next), outcome: 'accepted', reason });
  const better = await publishDraft(house, editor, { draft: next, seen: await seen(next), from: house.clock.now() });
  expect((await ask((tx) => policy.inForce(tx, house.clock.now()))).version).toBe(better);
  const taken = await publish(await written('No prizes next week.'), new Date(house.clock.now().getTime() + 100 * hour));
  await withdrawVersion(house, editor, taken);
  expect(await reviewAct(house, senior, { act: (await actOn('policy', taken)).id, agrees: false, reason })).toBe('reversed');
});

test('when its time is over, or it is closed, nothing more is put into force under it', async () => {
  const rule = await proposedRule('late');
  house.clock.advance(24 * hour);
  await expect(makeRuleLiveAlone(house, editor, rule)).rejects.toMatchObject({ code: 'glass-closed' });
  const glass = await openGlass(house, editor, { hours: 2, reason: why });
  await closeGlass(house, officer, glass);
  await expect(makeRuleLiveAlone(house, editor, rule)).rejects.toMatchObject({ code: 'glass-closed' });
});

test('whoever acted alone and left is forgotten; told again from its records all of it is the same, row for row', async () => {
  const rule = await proposedRule('left', administrator);
  await openGlass(house, administrator, { hours: 2, reason: why });
  await makeRuleLiveAlone(house, administrator, rule);
  await enrolled(house, 'administrator', 'another administrator').then((other) => disable(house, other, { member: administrator.id }));
  await erase(house, 'perisai', administrator.id, 'staff');
  expect(await actOn('rule', rule)).toMatchObject({ actedBy: null, state: 'unreviewed' });
  expect(await reviewAct(house, senior, { act: (await actOn('rule', rule)).id, agrees: true, reason })).toBe('upheld');
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
