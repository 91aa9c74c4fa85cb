import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../test/database.ts';
import { compareStateTables, foldInto } from '../../test/fold.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { hour, minute, play, post, scamText } from '../../test/play.ts';
import { enrolled } from '../../test/staff.ts';
import { Problem } from '../foundation/http/problems.ts';
import { foreignSchemas, spineTables, stateTables, technicalTables } from './fold.ts';
import { decideAppeal, hide, screen, sweep } from './moderation/index.ts';
import { erase } from './people/erase.ts';
import { defineSurface, registerService } from './setup/service.ts';
import { disable } from './staff/disable.ts';
import { enrol, enrolFirstAdministrator } from './staff/enrol.ts';
import { setRoles } from './staff/set-roles.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
});
afterAll(() => house.close());

const settle = async () => {
  await house.settle();
  await now.deliver();
  await house.settle();
};

async function expectSameState(of: TestHouse): Promise<number> {
  await of.settle();
  const target = await freshDatabase();
  try {
    const told = await foldInto(of, target.url);
    const { rows, differences } = await compareStateTables(of.url, target.url);
    expect(differences).toEqual([]);
    expect(rows).toBeGreaterThan(0);
    return told;
  } finally {
    await target.drop();
  }
}

test('every table is state, spine or technical, by name, and none is two of them', async () => {
  const client = new pg.Client({ connectionString: house.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname <> all ($1) order by 1`,
    [foreignSchemas],
  );
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual([...stateTables, ...spineTables, ...technicalTables].sort());
});

test('a rich life, told again from its records, gives the same state, row for row', async () => {
  const administrator = {
    ...(await enrolFirstAdministrator(
      house,
      { name: 'Intan', login: 'intan', languages: ['ms'] },
      { password: 'a long enough password', totpSecret: 'A'.repeat(32) },
    )),
    name: 'Intan',
    roles: ['administrator'] as const,
    languages: ['ms'] as const,
  };
  const leaver = await enrol(house, administrator, { name: 'Pergi', login: 'pergi', roles: ['moderator'], languages: ['en'] });
  await setRoles(house, administrator, { member: leaver.id, roles: ['senior-moderator'] });
  await disable(house, administrator, { member: leaver.id });
  const [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];

  // A scam is withheld, reported as well, removed, appealed in vain by its author.
  const withheld = await screen(house, 'warung', post('scam', { author: 'scammer', text: scamText }));
  expect(withheld.screened.verdict).toBe('withhold');
  const scam = withheld.raised?.case as string;
  await now.obey();
  await now.report(post('scam', { author: 'scammer', text: scamText }), {
    harm: 'scam',
    reporter: { contact: { email: 'contact@mail.example', language: 'zh' } },
    language: 'zh',
  });
  const removed = await now.judge(moderator, { case: scam, determination: 'remove', clause: 'scam.phishing' });
  await settle();
  await now.obey();
  const vain = await now.appeal(removed.id, 'scammer');
  await decideAppeal(house, senior, { appeal: vain.appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  await now.report(post('scam', { author: 'scammer', text: scamText }), { harm: 'scam', by: 'late' });
  await settle();

  // Two reporters of one post in two revisions; hidden, labelled, a mismatch, relabelled by an appeal of a reporter into a removal.
  house.clock.advance(5 * minute);
  const first = await now.report(post('argument'));
  await now.report(post('argument', { revision: '2', text: 'Hantaran yang telah diubah.' }), { by: 'second', language: 'ta' });
  await hide(house, moderator, { case: first.case, clause: 'bullying.harassment' });
  const [hiding] = await now.waiting();
  if (hiding) await now.says(hiding, 'visible');
  await now.obey();
  const labelled = await now.judge(moderator, { case: first.case, determination: 'label', clause: 'bullying.harassment' });
  await now.obey();
  await settle();
  const { appeal } = await now.appeal(labelled.id, 'second', 'reporter');
  await decideAppeal(house, senior, {
    appeal,
    outcome: 'overturned',
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Label tidak mencukupi.',
  });
  await now.obey();

  // Removed and restored in appeal; cleared; a target that is gone.
  const joke = await now.judge(moderator, {
    case: (await now.report(post('joke'))).case,
    determination: 'remove',
    clause: 'bullying.harassment',
  });
  await now.obey();
  await decideAppeal(house, senior, {
    appeal: (await now.appeal(joke.id, 'author')).appeal,
    outcome: 'overturned',
    determination: 'none',
    clause: null,
    reason: 'Ia satu gurauan.',
  });
  await now.obey();
  await now.judge(moderator, { case: (await now.report(post('fine'), { by: 'author' })).case, determination: 'none', clause: null });
  await now.judge(moderator, { case: (await now.report(post('deleted'))).case, determination: 'remove', clause: 'bullying.harassment' });
  const [deleted] = await now.waiting();
  if (deleted) await now.says(deleted, 'gone');
  await settle();

  // Time alone: status notices, lapses that keep and that restore, breaches, again a day later.
  await now.report(post('kept'), { harm: 'scam' });
  const restored = await now.report(post('shown again'));
  await hide(house, moderator, { case: restored.case, clause: 'bullying.harassment' });
  await now.obey();
  house.clock.advance(11 * hour + minute);
  expect((await sweep(house)).told).toBeGreaterThan(0);
  await settle();
  house.clock.advance(14 * hour);
  const late = await sweep(house);
  expect(late.lapsed).toBe(2);
  expect(late.breached).toBeGreaterThan(0);
  house.clock.advance(25 * hour);
  expect((await sweep(house)).lapsed).toBe(1);
  await settle();

  await registerService(house, {
    slug: 'warung',
    name: 'Warung Baharu',
    languages: ['ms', 'en'],
    webhookUrl: 'https://warung.example/hooks',
  });
  await defineSurface(house, 'warung', {
    slug: 'private-message',
    type: 'private-message',
    private: 'grey',
    privateReason: 'large groups',
    screening: false,
  });
  await now.report(post('renamed', { author: 'author' }), {
    reporter: { account: { id: 'reporter', handle: 'new name', language: 'ta' } },
  });
  expect(await expectSameState(house)).toBeGreaterThan(100);

  // People who leave take their names along, and come back as strangers.
  for (const purpose of ['profile', 'evidence'] as const) expect(await erase(house, 'warung', now.ours('scammer'), purpose)).toBe(true);
  expect(await erase(house, 'warung', now.ours('late'), 'report')).toBe(true);
  expect(await erase(house, 'perisai', leaver.id, 'staff')).toBe(true);
  await now.report(post('scam 2', { author: 'scammer' }), { by: 'late' });
  await settle();
  await expectSameState(house);
});

test('whatever the order in which people and platforms act at once, the records tell the same state', async () => {
  const people = ['a', 'b', 'c'];
  const item = fc.nat({ max: 2 });
  const person = fc.constantFrom(...people);
  const act = fc.oneof(
    fc.record({
      act: fc.constant('report' as const),
      item,
      person,
      author: person,
      revision: fc.constantFrom('1', '2'),
      harm: fc.constantFrom('scam' as const, 'bullying-hate' as const),
    }),
    fc.record({ act: fc.constant('screen' as const), item, author: person }),
    fc.record({
      act: fc.constant('decide' as const),
      determination: fc.constantFrom('remove' as const, 'label' as const, 'none' as const),
    }),
    fc.record({
      act: fc.constant('acknowledge' as const),
      state: fc.constantFrom('visible' as const, 'removed' as const, 'gone' as const, 'desired' as const),
    }),
    fc.record({
      act: fc.constant('erase' as const),
      person,
      purpose: fc.constantFrom('profile' as const, 'evidence' as const, 'report' as const),
    }),
    fc.record({ act: fc.constant('hear' as const), minutes: fc.nat({ max: 900 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 2, maxLength: 6 }), { minLength: 4, maxLength: 8 }), async (rounds) => {
      const busy = await testHouse();
      try {
        const there = play(busy);
        const moderator = await enrolled(busy, 'moderator');
        for (const round of rounds) await Promise.all(round.map((one) => perform(one).catch(known)));
        await busy.settle();
        await there.deliver();
        await expectSameState(busy);

        async function perform(one: (typeof rounds)[number][number]): Promise<unknown> {
          if (one.act === 'report')
            return there.report(post(`i${one.item}`, { author: one.author, revision: one.revision }), { by: one.person, harm: one.harm });
          if (one.act === 'screen') return screen(busy, 'warung', post(`i${one.item}`, { author: one.author, text: scamText }));
          if (one.act === 'erase') return erase(busy, 'warung', there.ours(one.person), one.purpose);
          if (one.act === 'hear') {
            busy.clock.advance(one.minutes * minute);
            return busy.settle().then(() => sweep(busy));
          }
          if (one.act === 'acknowledge')
            return Promise.all(
              (await there.waiting()).map((action) => there.says(action, one.state === 'desired' ? action.desired : one.state)),
            );
          const open = await openCase(busy);
          return open && there.judge(moderator, { case: open, determination: one.determination, clause: 'bullying.harassment' });
        }
      } finally {
        await busy.close();
      }
    }),
    { seed: 20261124, numRuns: 4, endOnFailure: true },
  );
}, 240_000);

/** What a person may be refused is no failure of the house; anything else is. */
function known(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

async function openCase(of: TestHouse): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: of.url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(`select id from cases.case where state = 'open' order by id limit 1`);
  await client.end();
  return rows[0]?.id;
}
