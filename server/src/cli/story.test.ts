import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { perisai, run } from '../../test/command.ts';
import { freshDatabase } from '../../test/database.ts';
import { compareStateTables, foldInto } from '../../test/fold.ts';
import { settled } from './stage/settled.ts';
import { buildStage } from './stage.ts';
import { playLoop } from './story/acts.ts';
import { verify } from './verify.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perisai-story-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the whole loop holds, told step by step, and leaves an export that verifies', async () => {
  const file = join(folder, 'story.zip');
  const { code, out, err } = await perisai(['story', '--json', '--export', file], {});
  expect([code, err]).toEqual([0, '']);
  const steps = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step?: number; what?: string; held?: boolean; steps?: number; records?: number });
  expect(steps.at(-1)).toMatchObject({ held: true, steps: steps.length - 1 });
  expect(steps.slice(0, -1).map(({ step }) => step)).toEqual(steps.slice(0, -1).map((_, n) => n + 1));
  const { records } = JSON.parse(await run(verify, [file, '--json'], {})) as { records: number };
  expect(steps.find((step) => step.records !== undefined)?.records).toBe(records);
  // An export that is there is never written over.
  expect((await perisai(['story', '--export', file], {})).code).toBe(2);
}, 120_000);

test('the story’s records, told again, give its state again, row for row', async () => {
  const stage = await buildStage({ origin: 'demo/story' });
  const target = await freshDatabase();
  try {
    const told: string[] = [];
    await playLoop(stage, { step: (what) => void told.push(what), steps: () => told.length, end: () => undefined });
    await settled(stage.perisai.house);
    expect(await foldInto(stage.perisai.house, target.url)).toBeGreaterThan(told.length);
    const { rows, differences } = await compareStateTables(stage.server.url, target.url);
    expect(differences).toEqual([]);
    expect(rows).toBeGreaterThan(20);
  } finally {
    await stage.stop();
    await target.drop();
  }
}, 120_000);
