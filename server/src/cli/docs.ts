import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configurationReference } from '../foundation/config.ts';
import { problemsReference } from '../foundation/http/problems.ts';
import { type Kind, kinds, schemaPath, schemaText } from '../records/index.ts';
import { accessReference } from '../staff/index.ts';
import { type Command, say } from './command.ts';
import { cleanupReference } from './reference/cleanup.ts';
import { outcomesReference } from './reference/outcomes.ts';
import { promisesReference } from './reference/promises.ts';
import { recordsReference } from './reference/records.ts';
import { statesReference } from './reference/states.ts';
import { subscribersReference } from './reference/subscribers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** `perisai docs`: the reference pages, from what they describe; and the schemas of new kinds of records, which are kept for ever. */
export const docs: Command = {
  name: 'docs',
  takes: '[--check]',
  does: 'writes docs/reference and the schemas of new records; --check only compares',
  async run(args) {
    const { values } = parseArgs({ args, options: { check: { type: 'boolean', default: false } } });
    const stale: string[] = [];
    for (const [path, text] of generated()) if ((await read(path)) !== text) stale.push(path);
    const changed = await changedSchemas();
    for (const path of changed) process.stderr.write(`${path} is kept for ever: give the kind a new version in place of a new shape.\n`);
    if (changed.length > 0) return 1;
    if (values.check) {
      for (const path of stale) process.stderr.write(`${path} is not what it would be made today: npm run docs.\n`);
      return stale.length === 0 ? 0 : 1;
    }
    for (const path of stale) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), generated().get(path) as string);
      say(`${path} is written.`);
    }
    if (stale.length === 0) say('The reference is as it would be made today.');
    return 0;
  },
};

/** Every generated file by its path in the tree. Pure: the same for the same sources. */
export function generated(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/reference/states.md', statesReference()],
    ['docs/reference/promises.md', promisesReference()],
    ['docs/reference/outcomes.md', outcomesReference()],
    ['docs/reference/subscribers.md', subscribersReference()],
    ['docs/reference/records.md', recordsReference()],
    ['docs/reference/configuration.md', configurationReference()],
    ['docs/reference/cleanup.md', cleanupReference()],
    ['docs/reference/access.md', accessReference()],
    ['docs/reference/problems.md', problemsReference()],
    ...(Object.keys(kinds) as Kind[]).map((kind) => [kept(kind), schemaText(kind)] as const),
  ]);
}

const kept = (kind: Kind) => `catalogue/records/${schemaPath(kind)}`;

/** Schemas that lie there and say something else than the code: what was sealed under them must stay readable. */
async function changedSchemas(): Promise<string[]> {
  const changed: string[] = [];
  for (const kind of Object.keys(kinds) as Kind[]) {
    const text = await read(kept(kind));
    if (text !== null && text !== schemaText(kind)) changed.push(kept(kind));
  }
  return changed;
}

async function read(path: string): Promise<string | null> {
  return readFile(join(root, path), 'utf8').catch(() => null);
}
