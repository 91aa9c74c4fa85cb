import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, say, UsageError } from './command.ts';
import { buildStage } from './stage.ts';
import { playLoop } from './story/acts.ts';
import { leaveTheHouse } from './story/export.ts';
import { StoryBroke, tellTo } from './story/teller.ts';

/** `perisai story`: the whole loop on a fresh database with Warung beside it, over HTTP only; a new user's smoke test. */
export const story: Command = {
  name: 'story',
  takes: '[--export FILE.zip] [--json]',
  does: 'plays the whole loop, from a post to a verified export; exits 0 only when all held',
  help: `--export FILE.zip  keeps the export that the story ends with
--json             prints each step as a line of JSON`,
  async run(args) {
    const { values } = parseArgs({ args, options: { export: { type: 'string' }, json: { type: 'boolean', default: false } } });
    if (values.export !== undefined && existsSync(values.export))
      throw new UsageError(`${values.export} is there already: name another file, or take it away.`);
    const teller = tellTo(values.json, say);
    const folder = await mkdtemp(join(tmpdir(), 'perisai-story-'));
    try {
      const stage = await buildStage({ origin: 'demo/story' });
      try {
        teller.step('Perisai and Warung are open, each on a database of its own', {
          perisai: stage.perisai.url,
          warung: stage.warung,
        });
        await playLoop(stage, teller);
        await leaveTheHouse(stage, teller, resolve(values.export ?? join(folder, 'story.zip')), folder);
      } finally {
        await stage.stop();
      }
      teller.end();
      return 0;
    } catch (error) {
      if (!(error instanceof StoryBroke)) throw error;
      process.stderr.write(`The story broke after step ${teller.steps()}: ${error.message}.\n`);
      return 1;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
