import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nouns } from './ranks.ts';
import { run } from './run.ts';

/** A change of the tree: whole texts by path, relative to the root. */
export type Texts = Map<string, string>;

/** Reads a text of the tree, or null when there is none. */
export type Read = (path: string) => string | null;

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function must(read: Read, path: string): string {
  const text = read(path);
  if (text === null) throw new Error(`${path} is not there`);
  return text;
}

function fresh(read: Read, path: string): void {
  if (read(path) !== null) throw new Error(`${path} is there already`);
}

/** `new verb decisions/confirm`: the verb, a test that is red until it is written, and its line in the face. */
export function verb(where: string, read: Read): Texts {
  const [noun = '', name = '', ...rest] = where.split('/');
  if (!nouns.includes(noun)) throw new Error(`${noun || where} is no noun of tools/ranks.ts: ${nouns.join(', ')}`);
  if (!kebab.test(name) || rest.length > 0) throw new Error(`Which verb? npm run new verb ${noun}/confirm (small letters and hyphens)`);
  const folder = `server/src/${noun}`;
  const call = camel(name);
  fresh(read, `${folder}/${name}.ts`);
  const index = must(read, `${folder}/index.ts`);
  return new Map([
    [
      `${folder}/${name}.ts`,
      `import type { Because } from '../records/because.ts';

/** Say here what changes, whom it is owed to, which kinds of record its \`Because\` may be, and which errors it answers with. */
export async function ${call}(because: Because): Promise<void> {
  throw new Error(\`${noun}.${call} is not written yet: \${because.record.kind}\`);
}
`,
    ],
    [
      `${folder}/${name}.test.ts`,
      `import { expect, test } from 'vitest';
import { ${call} } from './${name}.ts';

test('say as a sentence what ${noun}.${call} promises', () => {
  expect.fail(\`\${${call}.name} has no test yet\`);
});
`,
    ],
    [`${folder}/index.ts`, `export { ${call} } from './${name}.ts';\n${index}`],
  ]);
}

/** `new action suspend-account`: the action, and its name in the one list of actions. */
export function action(name: string, read: Read): Texts {
  if (!kebab.test(name)) throw new Error('Which action? npm run new action suspend-account (small letters and hyphens)');
  const folder = 'server/src/enforcement';
  fresh(read, `${folder}/actions/${name}.ts`);
  const constant = camel(name);
  const key = constant === name ? name : `'${name}': ${constant}`;
  const list = edit(`${folder}/actions/index.ts`, /(export const actions\b[^=]*= \{)([^}]*?),?(\s*\};)/, `$1$2, ${key}$3`, read);
  return new Map([
    [
      `${folder}/actions/${name}.ts`,
      `import type { ActionSpec } from './action.ts';

/** Say here what is asked of the platform, what it answers when it is done, and what takes it back. */
export const ${constant}: ActionSpec = { name: '${name}' };
`,
    ],
    [`${folder}/actions/index.ts`, `import { ${constant} } from './${name}.ts';\n${list}`],
    [`${folder}/action.ts`, edit(`${folder}/action.ts`, /(export type ActionName =[^;]*)(;)/, `$1 | '${name}'$2`, read)],
  ]);
}

function edit(path: string, place: RegExp, by: string, read: Read): string {
  const text = must(read, path);
  if (!place.test(text)) throw new Error(`${path} no longer looks as tools/new.ts expects: ${place}`);
  return text.replace(place, by);
}

interface Maker {
  make(what: string, read: Read): Texts;
  /** What is left for the person to do. */
  next: string;
}

const makers: Readonly<Record<string, Maker>> = {
  verb: { make: verb, next: 'Now write what it changes, and the test that is red until then; a step of procedure/ calls it.' },
  action: { make: action, next: 'Now "npm run types" says what its file lacks; docs/tutorial/first-change.md says who else must know it.' },
};

async function main([kind = '', what = '']: readonly string[]): Promise<number> {
  const maker = makers[kind];
  if (!maker || !what) throw new Error('npm run new verb decisions/confirm, or npm run new action suspend-account');
  const root = process.cwd();
  const texts = maker.make(what, (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
  const { code, output } = await run('lint', 'biome', ['check', '--write', ...texts.keys()]);
  if (code !== 0) console.error(output);
  console.log(maker.next);
  return code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2));
