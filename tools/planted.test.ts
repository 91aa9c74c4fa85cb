import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const breaches = join(root, 'tools/fixtures/breaches');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/** The planted tree outside the repository, where the repository's own exclusions don't hide it. */
let place = '';

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'perisai-planted-'));
  cpSync(breaches, place, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
});

afterAll(() => rmSync(place, { recursive: true }));

describe('each check bites', () => {
  test('lint finds an any, a default export, a console, an empty catch, a lost promise, an import without its ending', async () => {
    cpSync(join(root, 'biome.json'), join(place, 'lint/biome.json'));
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=100', '.'];
    const { code, output } = await run('lint', bin('biome'), args, join(place, 'lint'));
    const found = [...output.matchAll(/"category":"lint\/\w+\/(\w+)"/g)].map(([, rule]) => rule);
    expect([...new Set(found)].sort()).toEqual([
      'noConsole',
      'noDefaultExport',
      'noEmptyBlockStatements',
      'noExplicitAny',
      'noFloatingPromises',
      'useImportExtensions',
      'useImportType',
    ]);
    expect(output).not.toContain('right.ts');
    expect(code).toBe(1);
  });

  test('knip finds a file, an export and a package that nobody uses, and a package that nobody lists', async () => {
    const args = ['--directory', join(place, 'unused'), '--config', join(root, 'knip.json'), '--no-config-hints', '--reporter', 'json'];
    const { code, output } = await run('knip', bin('knip'), args);
    for (const planted of ['src/nobody-imports.ts', 'nobodyCalls', 'fastify', '"pg"']) expect(output).toContain(planted);
    for (const right of ['"used"', '"pino"']) expect(output).not.toContain(right);
    expect(code).toBe(1);
  });

  test('the types refuse what must not compile, a change without its record above all, and nothing else', async () => {
    const folder = join(breaches, 'types');
    const args = [join(root, 'node_modules/typescript7/bin/tsc'), '-p', join(folder, 'tsconfig.json'), '--noEmit', '--pretty', 'false'];
    const { code, output } = await run('types', process.execPath, args);
    const refused = [...output.matchAll(/(?:^|\/)types\/([\w-]+\.ts)\((\d+),/gm)].map(([, file, line]) => `${file}:${line}`);
    expect([...new Set(refused)].sort()).toEqual(marked(folder).sort());
    expect(code).not.toBe(0);
  });
});

/** Lines of the fixture that end in "// breach", as `file:line`. */
function marked(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.endsWith('// breach') ? [`${file}:${index + 1}`] : [])),
    );
}
