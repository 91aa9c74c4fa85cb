import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sources } from './sources.ts';

/** House rules on size (style.md): small files, few imports, folders that fit on a screen. */
export const limits = { lines: { p95: 250, most: 500 }, imports: { p95: 15 }, folder: 25 } as const;

/** What may be larger, by name and with its reason. A row that is no longer needed fails the check. */
export const exceptions: readonly { path: string; reason: string }[] = [];

/** Folders that hold one file a step or an action: as many as there are. */
const manyByDesign: readonly RegExp[] = [/^server\/src\/procedure\/[^/]+$/, /^server\/src\/enforcement\/actions$/];

export interface SourceFile {
  path: string;
  lines: number;
  imports: number;
}

const besides = /[.](test|examples)[.]ts$|(^|\/)test\/|[.]d[.]ts$/;

/** Tests and examples are not counted; tools and benches are product source too. */
export function counted(path: string): boolean {
  return !besides.test(path);
}

/** Lines without the last line break's empty one; `import … from` and `export … from` statements. */
export function measure(path: string, text: string): SourceFile {
  const imports = text.match(/^(import\b[^;'"]*['"]|export\b[^;'"=(]*\bfrom\s+['"])/gm) ?? [];
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports: imports.length };
}

/** The value that 95 % of the list don't exceed. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}

/** @returns a sentence for each limit that is passed; empty when all hold */
export function tooLarge(files: readonly SourceFile[], excepted: readonly { path: string; reason: string }[] = exceptions): string[] {
  const names = new Set(excepted.map(({ path }) => path));
  const judged = files.filter(({ path }) => counted(path) && !names.has(path));
  const found: string[] = [];
  for (const { path, lines } of judged) {
    if (lines > limits.lines.most) found.push(`${path} has ${lines} lines, more than ${limits.lines.most}`);
  }
  const lines = p95(judged.map((file) => file.lines));
  if (lines > limits.lines.p95) found.push(`the 95th percentile of lines a file is ${lines}, more than ${limits.lines.p95}`);
  const imports = p95(judged.map((file) => file.imports));
  if (imports > limits.imports.p95) found.push(`the 95th percentile of imports a file is ${imports}, more than ${limits.imports.p95}`);
  const folders = Map.groupBy(
    files.filter(({ path }) => counted(path)),
    ({ path }) => dirname(path),
  );
  for (const [folder, inside] of folders) {
    if (inside.length > limits.folder && !names.has(folder) && !manyByDesign.some((pattern) => pattern.test(folder))) {
      found.push(`${folder} holds ${inside.length} files, more than ${limits.folder}`);
    }
  }
  for (const { path } of excepted) {
    const file = files.find((one) => one.path === path);
    const needed = file
      ? file.lines > limits.lines.p95 || file.imports > limits.imports.p95
      : (folders.get(path)?.length ?? 0) > limits.folder;
    if (!needed) found.push(`${path} needs no exception any more: take its row out of tools/sizes.ts`);
  }
  return found;
}

function main(): number {
  const files = sources(process.cwd()).map((path) => measure(path, readFileSync(join(process.cwd(), path), 'utf8')));
  const judged = files.filter(({ path }) => counted(path));
  const found = tooLarge(files);
  for (const sentence of found) console.error(sentence);
  const lines = judged.map((file) => file.lines);
  console.log(
    `sizes: ${judged.length} files, lines p95 ${p95(lines)} most ${Math.max(0, ...lines)}, imports p95 ${p95(judged.map((file) => file.imports))}`,
  );
  return found.length === 0 && judged.length > 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main();
