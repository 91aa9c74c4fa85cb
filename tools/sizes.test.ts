import { describe, expect, test } from 'vitest';
import type { SourceFile } from './sizes.ts';
import { counted, limits, measure, p95, tooLarge } from './sizes.ts';

const small = (count: number, folder = 'server/src/cases'): SourceFile[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${folder}/verb-${index}.ts`, lines: 40, imports: 5 }));

describe('the sizes', () => {
  test('small files in small folders pass', () => {
    expect(tooLarge(small(25), [])).toEqual([]);
  });

  test('one file of more than 500 lines is named', () => {
    const files = [...small(24), { path: 'server/src/cases/long.ts', lines: limits.lines.most + 1, imports: 3 }];
    expect(tooLarge(files, [])).toEqual(['server/src/cases/long.ts has 501 lines, more than 500']);
  });

  test('one in ten files above 250 lines is too many', () => {
    const files = [...small(18), ...small(2, 'server/src/long').map((file) => ({ ...file, lines: 251 }))];
    expect(tooLarge(files, [])).toEqual(['the 95th percentile of lines a file is 251, more than 250']);
  });

  test('one in ten files with more than 15 imports is too many', () => {
    const files = [...small(18), ...small(2, 'server/src/knows-all').map((file) => ({ ...file, imports: 16 }))];
    expect(tooLarge(files, [])).toEqual(['the 95th percentile of imports a file is 16, more than 15']);
  });

  test('a folder of 26 files is too large, tests not counted, steps and actions as many as there are', () => {
    expect(tooLarge(small(26), [])).toEqual(['server/src/cases holds 26 files, more than 25']);
    const tests = small(30).map((file) => ({ ...file, path: file.path.replace('.ts', '.test.ts') }));
    expect(tooLarge([...small(25), ...tests], [])).toEqual([]);
    expect(tooLarge(small(60, 'server/src/procedure/moderation'), [])).toEqual([]);
    expect(tooLarge(small(60, 'server/src/enforcement/actions'), [])).toEqual([]);
  });

  test('an exception frees the file it names, and is refused when nothing needs it', () => {
    const long = { path: 'server/src/cases/story.ts', lines: 900, imports: 30 };
    expect(tooLarge([...small(20), long], [{ path: long.path, reason: 'a story' }])).toEqual([]);
    expect(tooLarge(small(20), [{ path: long.path, reason: 'a story' }])).toHaveLength(1);
  });

  test('imports are counted over several lines and for types, and exports of own things are not', () => {
    const text =
      "import {\n  a,\n  b,\n} from './a.ts';\nimport type { C } from './c.ts';\nimport './d.ts';\nexport { e } from './e.ts';\nexport const f = 'import';\n";
    expect(measure('x.ts', text)).toEqual({ path: 'x.ts', lines: 8, imports: 4 });
  });

  test('the 95th percentile of a hundred values is the 95th', () => {
    expect(p95(Array.from({ length: 100 }, (_, index) => 100 - index))).toBe(95);
    expect(p95([7])).toBe(7);
  });

  test('tests, examples and test support are not product source', () => {
    expect(['a/b.ts', 'a/b.test.ts', 'a/b.examples.ts', 'server/test/b.ts'].filter(counted)).toEqual(['a/b.ts']);
  });
});
