import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { perisai, run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { compareStateTables, foldInto } from '../../test/fold.ts';
import { scamText } from '../../test/play.ts';
import { writeCounts } from '../procedure/moderation/index.ts';
import { openFeed } from './replay/open-feed.ts';
import { configuredPlace } from './replay/place.ts';
import { replayInto } from './replay/run.ts';
import { replay } from './replay.ts';
import { settled } from './stage/settled.ts';

const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-replay-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: join(folder, 'data') };
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** What `run` tells people beside its result. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

/** Forty messages, a scam in every second, and three rows that can’t be read. */
function messages(): string {
  const path = join(folder, 'messages.tsv');
  const rows = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? `ham\tSelamat pagi, ${n}.` : `spam\t${scamText} ${n}`));
  rows.splice(7, 0, 'a row without a tab', 'ham\t');
  writeFileSync(path, Buffer.concat([Buffer.from(`${rows.join('\n')}\nham\t`), Buffer.from([0xff]), Buffer.from('\n')]));
  return path;
}

const summaryOf = (out: string) => JSON.parse(out.trim().split('\n').at(-1) as string) as Record<string, unknown>;

test('on a temporary database: figures that add up, bad rows named, nobody’s words printed', async () => {
  const path = messages();
  const { code, out, err } = await perisai(['replay', path, '--fresh', '--json'], {});
  expect(code, err).toBe(0);
  const figures = summaryOf(out);
  expect(Object.keys(figures)).toEqual(['items', 'verdicts', 'cases', 'decisions', 'actions', 'records', 'labels']);
  expect(figures).toMatchObject({
    items: 40,
    verdicts: { allow: 20, withhold: 20, review: 0, restrict: 0, block: 0 },
    cases: 20,
    labels: { precision: 1, recall: 1 },
  });
  expect(figures['decisions']).toBeGreaterThan(20);
  expect(Object.keys(figures['actions'] as object)).toEqual(['acknowledged', 'moot', 'superseded', 'waiting']);
  for (const place of [`${path}:8: `, `${path}:9: `, `${path}:43: `, '3 rows were passed over']) expect(err).toContain(place);
  for (const words of ['Selamat pagi', 'Akaun anda']) expect(out + err).not.toContain(words);
});

test('on the configured installation: tables for people, and records that, told again, give the state again, row for row', async () => {
  const out = await run(replay, [messages(), '--limit', '12'], env);
  expect(out).toContain('12 of 43 rows');
  for (const heading of ['Seed 1', 'Verdicts', 'Cases', 'Clocks', 'Enforcement', 'Records', 'precision', 'Every figure adds up'])
    expect(out).toContain(heading);

  // Once more, by its parts: a second replay is a service of its own, with moderators of its own.
  const place = await configuredPlace();
  const target = await freshDatabase();
  try {
    const { seen } = await replayInto(await openFeed(messages()), { ...place, limit: 40, onProgress: () => undefined });
    expect(seen.decided).toBeGreaterThan(0);
    await writeCounts(place.perisai.house);
    await settled(place.perisai.house);
    expect(await foldInto(place.perisai.house, target.url)).toBeGreaterThan(200);
    const { rows, differences } = await compareStateTables(database.url, target.url);
    expect(differences).toEqual([]);
    expect(rows).toBeGreaterThan(100);
  } finally {
    await place.stop();
    await target.drop();
  }
});

test('is kept out of a log that is the real thing, and says what is wrong with its words', async () => {
  const path = messages();
  await expect(run(replay, [path], { ...env, PERISAI_ORIGIN: 'trust.warung.example' })).rejects.toThrow('is the real thing');
  await expect(run(replay, [], env)).rejects.toThrow('Name one file or folder');
  await expect(run(replay, [path, '--limit', 'many'], env)).rejects.toThrow('whole number from 1');
  expect(await replay.run([join(folder, 'missing.csv')])).toBe(1);
  expect(vi.mocked(process.stderr.write).mock.calls.join()).toContain('There is no');
});

describe('outside material', () => {
  test.for([
    { path: 'text/sms-spam-en.tsv', rows: 60, labels: true },
    { path: 'text/cold-zh-test.csv', rows: 60, labels: true },
    { path: 'text/hatecheck-zh.csv', rows: 60, labels: true },
    { path: 'pdq', rows: 25, labels: false },
  ])('$path is replayed, one verdict a row', async ({ path, rows, labels }, { skip }) => {
    if (!existsSync(join(shared, path))) skip(`there is no ${join(shared, path)}`);
    const figures = summaryOf(await run(replay, [join(shared, path), '--limit', String(rows), '--json'], env));
    expect(figures['items']).toBe(rows);
    expect(figures['labels'] !== null).toBe(labels);
  });
});
