import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import { playEveryKind } from '../../test/every-kind.ts';
import { accredited } from '../../test/flaggers.ts';
import { testHouse } from '../../test/house.ts';
import { look } from '../../test/look.ts';
import { hour, play, post, scamText } from '../../test/play.ts';
import { enrolled } from '../../test/staff.ts';
import * as decisions from '../decisions/index.ts';
import type { House } from '../procedure/house.ts';
import { screen, statementToken } from '../procedure/moderation/index.ts';
import { draftRule, makeRuleLive, proposeRule, shadowRule } from '../procedure/rules/index.ts';
import type { Member } from '../staff/index.ts';
import { accountId } from '../subjects/index.ts';
import { statementSchema } from './statement.schema.ts';
import { type Statement, statementOf } from './statement.ts';

const day = 24 * hour;

let desk: TestDesk;
let now: ReturnType<typeof play>;
let moderator: Member;
beforeAll(async () => {
  desk = await openDesk({ seed: 'statement' });
  now = play(desk.house);
  moderator = await enrolled(desk.house, 'moderator');
});
afterAll(() => desk.close());

const statement = (id: string, house: House = desk.house) =>
  house.db.begin('doors', async (tx) => statementOf(house, tx, (await decisions.decision(tx, id)) as decisions.Decision));
const decisionsOf = (of: string) => desk.house.db.begin('doors', (tx) => decisions.decisionsOf(tx, of));
const page = async (decision: decisions.Decision, side: 'author' | 'reporter', who: string, language: string) => {
  const token = statementToken(desk.house, decision.id, side, accountId(desk.house.secret, 'warung', who));
  return (await fetch(`${desk.url}/statement/${decision.puid}?token=${token}&lang=${language}`)).text();
};

test('what people reported and a person removed in Malaysia for a time says so in every field', async () => {
  const { house } = desk;
  const item = post('reported', { author: 'writer', text: 'Teks.', media: [{ sha256: 'b'.repeat(64), type: 'image/png' }] });
  const { case: of } = await now.report(item, { reason: 'scam.phishing', harm: 'scam', by: 'first' });
  const { id } = await now.judge(
    moderator,
    { case: of, determination: 'limit', clause: 'scam.phishing', days: 3, territory: 'MY' },
    'Pautan itu palsu.',
  );
  const decided = house.clock.now();
  house.clock.advance(hour);
  await now.obey();
  expect(await statement(id)).toMatchObject({
    puid: `PRS-${id}`,
    harm: 'scam',
    category: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
    category_addition: [],
    category_specification: ['KEYWORD_PHISHING'],
    decision_visibility: ['INTERACTION_RESTRICTED'],
    decision_provision: null,
    decision_account: null,
    decision_ground: 'ILLEGAL_CONTENT',
    incompatible_content_ground: null,
    clause: 'scam.phishing',
    policy: '1',
    rule: null,
    content_type: ['CONTENT_TYPE_TEXT', 'CONTENT_TYPE_IMAGE'],
    content_type_other: null,
    content_id: 'reported',
    source_type: 'SOURCE_ARTICLE_16',
    automated_detection: 'No',
    automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
    territorial_scope: ['MY'],
    decided_at: decided.toISOString(),
    application_date: new Date(decided.getTime() + hour).toISOString(),
    end_date_visibility_restriction: new Date(decided.getTime() + 3 * day).toISOString(),
    end_date_account_restriction: null,
    decision_facts: 'Pautan itu palsu.',
  });
});

test('who brought it to our notice is the first that did: the public, a trusted organisation, another notice, or our own screening', async () => {
  const { house } = desk;
  const flagger = await accredited(house);
  const sourceOf = async (id: string, reporter: Parameters<typeof now.report>[1]) => {
    const { case: of } = await now.report(post(id, { author: `of-${id}` }), reporter);
    await now.report(post(id, { author: `of-${id}` }), { by: `later-${id}` });
    const decision = await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
    // A report that comes after a decision brought nothing to anybody's notice.
    await now.report(post(id, { author: `of-${id}` }), { by: `too late-${id}` });
    const { source_type, automated_detection } = await statement(decision.id);
    return [source_type, automated_detection];
  };
  expect(await sourceOf('by the public', {})).toEqual(['SOURCE_ARTICLE_16', 'No']);
  expect(await sourceOf('by a flagger', { reporter: { flagger: { id: flagger } } })).toEqual(['SOURCE_TRUSTED_FLAGGER', 'No']);
  expect(await sourceOf('by the regulator', { reporter: { regulator: { reference: 'MCMC-1' } } })).toEqual([
    'SOURCE_TYPE_OTHER_NOTIFICATION',
    'No',
  ]);

  const { raised } = await screen(house, 'warung', post('screened', { author: 'scammer', text: scamText }));
  await now.report(post('screened', { author: 'scammer', text: scamText }), { harm: 'scam', by: 'later' });
  const [hidden] = await decisionsOf(raised?.case as string);
  expect(await statement(hidden?.id as string)).toMatchObject({
    source_type: 'SOURCE_VOLUNTARY',
    automated_detection: 'Yes',
    automated_decision: 'AUTOMATED_DECISION_FULLY',
    decision_visibility: ['DISABLED'],
    content_language: 'MS',
    end_date_visibility_restriction: hidden?.expiresAt?.toISOString(),
    rule: null,
    reason: '',
    decision_facts: expect.stringContaining(hidden?.clause as string),
  });
  const final = await now.judge(moderator, { case: raised?.case as string, determination: 'remove', clause: 'scam.phishing' });
  expect(await statement(final.id)).toMatchObject({ automated_detection: 'Yes', automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED' });
});

test('where a rule decided it is named with its version: over the API, on the public page, and where the staff read the case', async () => {
  const { house } = desk;
  const [one, two] = [await enrolled(house, 'administrator', 'one'), await enrolled(house, 'senior-moderator', 'two')];
  const rule = await draftRule(house, one, {
    ...{ slug: 'kedai-palsu', harm: 'scam', clause: 'scam.phishing', verdict: 'withhold', when: 'item.links >= 1 && account.age_days < 3' },
    ...{ name: { ms: 'Kedai palsu' }, why: { ms: 'Ujian' } },
  });
  await shadowRule(house, one, rule);
  await proposeRule(house, one, rule);
  await makeRuleLive(house, two, rule);
  await house.settle();
  await house.ruleFeed.look();
  const item = post('by a rule', { author: 'ruled', text: 'Lihat http://kedai.example/a' });
  const { raised } = await screen(house, 'warung', item, { account: { age_days: 1 } });
  await house.settle();
  const decision = raised?.decision as decisions.Decision;
  expect(await statement(decision.id)).toMatchObject({
    rule: 'kedai-palsu',
    rule_version: '1',
    decision_facts: 'The rule kedai-palsu, version 1, holds for this content.',
  });
  expect(await page(decision, 'author', 'ruled', 'en')).toContain('kedai-palsu, version 1');
  const desks = await (await desk.logIn('awan')).page(`/desk/cases/${decision.case}`);
  expect([desks.includes('kedai-palsu, version 1'), />Guidelines<\/dt>\s*<dd>Version 1</.test(desks)]).toEqual([true, true]);
});

test('a measure on an account says which, until when, and what was seen of the item that it follows from', async () => {
  const { case: of } = await now.report(post('threat', { author: 'threatening', text: 'Teks ancaman.' }), { harm: 'violence-terrorism' });
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'violence.threat', measure: 'suggested' });
  const [, measure] = await decisionsOf(of);
  const told = await statement(measure?.id as string);
  expect(measure?.targetKind).toBe('account');
  expect(told).toMatchObject({
    decision_visibility: [],
    content_type: ['CONTENT_TYPE_TEXT'],
    content_id: 'threat',
    source_type: 'SOURCE_ARTICLE_16',
  });
  expect([told.decision_account, told.decision_provision].filter((one) => one !== null)).toHaveLength(1);
  const ends = [told.end_date_account_restriction, told.end_date_service_restriction].filter((one) => one !== null);
  expect(ends).toEqual([measure?.endsAt?.toISOString()]);
});

test('the public page says it all in four languages; what somebody wrote stays in the language they wrote it in', async () => {
  const { case: of } = await now.report(post('public', { author: 'public-writer' }), { by: 'public-reporter' });
  const decision = await now.judge(
    moderator,
    { case: of, determination: 'remove', clause: 'bullying.harassment' },
    'Ayat itu menghina jirannya.',
  );
  await desk.house.settle();
  const said = {
    ms: ['Seseorang melaporkannya', 'Undang-undang melarangnya', 'teks', 'di semua tempat', 'Versi 1', 'Buli dan ujaran kebencian'],
    en: ['Somebody reported it', 'The law forbids it', 'text', 'everywhere', 'Version 1', 'Bullying'],
    zh: ['有人举报', '法律禁止', '文字', '所有地方', '版本 1'],
    ta: ['ஒருவர் புகார் செய்தார்', 'சட்டம் இதைத் தடை செய்கிறது', 'எழுத்து', 'எல்லா இடங்களிலும்', 'பதிப்பு 1'],
  };
  for (const [language, words] of Object.entries(said))
    for (const side of ['author', 'reporter'] as const) {
      const shown = await page(decision, side, side === 'author' ? 'public-writer' : 'public-reporter', language);
      expect(shown).toContain('Ayat itu menghina jirannya.');
      for (const word of words) expect(shown, `${language} ${side}`).toContain(word);
      // Who reported is nowhere on it.
      expect(shown).not.toContain('public-reporter-handle');
    }
});

test('every decision of a life in which everything happens is a valid statement that says what it must', async () => {
  const life = await testHouse({ seed: 'statements of a life' });
  try {
    await playEveryKind(life);
    const rows = await look(life).query<{ id: string }>('select id from decisions.decision order by id');
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(statementSchema);
    const told: Statement[] = [];
    for (const { id } of rows) told.push(await statement(id, life));
    expect(told.length).toBeGreaterThan(7);
    for (const one of told) {
      expect(valid(one), JSON.stringify(valid.errors)).toBe(true);
      expect([one.puid, one.content_type.length > 0, one.content_type.includes('CONTENT_TYPE_OTHER')]).toEqual([
        `PRS-${one.decision}`,
        true,
        one.content_type_other !== null,
      ]);
      const restricts = one.decision_visibility.length > 0 || one.decision_provision !== null || one.decision_account !== null;
      // What restricts somebody names a ground, and exactly that ground's fields.
      if (restricts) expect(one.decision_ground).not.toBeNull();
      expect(one.illegal_content_legal_ground !== null).toBe(one.decision_ground === 'ILLEGAL_CONTENT');
      expect(one.incompatible_content_ground !== null).toBe(one.decision_ground === 'INCOMPATIBLE_CONTENT');
      expect(one.decision_visibility.includes('OTHER')).toBe(one.decision_visibility_other !== null);
      if (one.automated_decision === 'AUTOMATED_DECISION_FULLY') expect(one.decision_facts).not.toBeNull();
    }
    expect(new Set(told.map(({ puid }) => puid)).size).toBe(told.length);
  } finally {
    await life.close();
  }
});
