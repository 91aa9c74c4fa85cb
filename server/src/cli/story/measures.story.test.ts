import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildStage, type Stage } from '../stage.ts';
import { type Cast, openCast } from './cast.ts';

/** What is short of removing, decided at the staff pages and seen at Warung. */
let stage: Stage;
let cast: Cast;
beforeAll(async () => {
  stage = await buildStage({ origin: 'demo/story' });
  cast = await openCast(stage);
  for (const handle of ['badrul', 'aminah', 'ravi']) await cast.warung.join({ handle, name: handle, language: 'ms' });
  await cast.warung.join({ handle: 'adik', name: 'Adik', language: 'ms', minor: true });
  await cast.warung.join({ handle: 'jauh', name: 'Jauh', language: 'ms', abroad: true });
}, 60_000);
afterAll(() => stage.stop());
afterEach(() => cast.nothingWaits());

/** Somebody reports it, and the one who takes it decides. */
async function decided(post: string, judgement: Omit<Parameters<Cast['first']['decide']>[1], 'reason'>): Promise<void> {
  await cast.warung.report('ravi', post, { harm: 'child-harm', language: 'ms', text: 'Tolong lihat ini.' });
  await cast.first.decide(await cast.takeNext(cast.first), { reason: 'Sebabnya tertulis di sini.', ...judgement });
}

test('what is for adults is gated in Malaysia only, and who reads from elsewhere reads it', async () => {
  const { warung } = cast;
  const post = (await warung.write('badrul', { text: 'Ulasan filem seram malam tadi.' })).id;
  await decided(post, { determination: 'age-gate', clause: 'child.age-restricted', territory: 'MY', days: '30' });
  await cast.shows('badrul', post, 'age-gated');
  expect((await warung.look('aminah', post)).text).not.toBeNull();
  expect((await warung.look('adik', post)).text).toBeNull();
  expect((await warung.look(null, post)).text).toBeNull();
  expect((await warung.look('jauh', post)).text).not.toBeNull();
  await cast.told('badrul', ({ body }) => body.includes('Malaysia'));
});

test('words that others are led to by searching are no longer suggested to anybody', async () => {
  const { warung } = cast;
  await warung.search('badrul', 'cabaran bahaya');
  const { suggestions } = await warung.search('aminah', 'cabaran bahaya');
  const suggestion = suggestions.find((each) => each.text === 'cabaran bahaya')?.id ?? '';
  await decided(suggestion, { determination: 'delist', clause: 'child.challenge' });
  await cast.shows('badrul', suggestion, 'delisted');
  expect((await warung.search('ravi', 'cabaran')).suggestions.map((each) => each.text)).not.toContain('cabaran bahaya');
});

test('a group is closed to all of its members, and an advertisement is shown to nobody', async () => {
  const { warung } = cast;
  const group = (await warung.write('badrul', { text: 'Kelab cabaran', as: 'group' })).id;
  const inside = (await warung.write('badrul', { text: 'Siapa berani?', group })).id;
  await warung.enterGroup('aminah', group);
  expect((await warung.look('aminah', inside)).text).not.toBeNull();
  await decided(group, { determination: 'disable', clause: 'child.challenge' });
  await cast.shows('badrul', group, 'disabled');
  expect((await warung.look('aminah', inside)).text).toBeNull();

  const ad = (await warung.write('badrul', { text: 'Kurus dalam tiga hari', as: 'ad', link: 'https://kurus.example/' })).id;
  expect((await warung.search(null, '')).ads).toContain(ad);
  await decided(ad, { determination: 'disable', clause: 'child.eating-disorder' });
  await cast.shows('badrul', ad, 'disabled');
  expect((await warung.search(null, '')).ads).not.toContain(ad);
});
