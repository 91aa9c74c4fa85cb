import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ICruiseResult } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import { boundaries } from './boundaries.ts';
import { roots, sources } from './sources.ts';

export interface Breach {
  rule: string;
  from: string;
  to: string;
  why: string;
}

export interface Structure {
  /** Files that were read, relative to the root. */
  seen: Set<string>;
  breaches: Breach[];
}

/** Reads every import below `root`, those of types too, and compares it with the rules of boundaries.ts. */
export async function structure(root: string): Promise<Structure> {
  const folders = roots.filter((folder) => existsSync(`${root}/${folder}`));
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: boundaries() },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['^tools/fixtures/', '^(packages/[^/]+|server|demo)/dist/'] },
      tsPreCompilationDeps: true,
      combinedDependencies: true,
    },
    {
      conditionNames: ['perisai-source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
      exportsFields: ['exports'],
    },
  );
  if (typeof output === 'string') throw new TypeError(`dependency-cruiser answered with text: ${output.slice(0, 200)}`);
  return read(output);
}

function read(result: ICruiseResult): Structure {
  const why = new Map(boundaries().map((rule) => [rule.name, rule.comment ?? '']));
  return {
    seen: new Set(result.modules.map((module) => module.source)),
    breaches: result.summary.violations.map(({ rule, from, to }) => {
      return { rule: rule.name.replace(/[/].*/, ''), from, to, why: why.get(rule.name) ?? '' };
    }),
  };
}

/** Files that git knows and the cruise did not see: with a wrong TypeScript beside it dependency-cruiser sees nothing, and passes. */
export function unseen(seen: ReadonlySet<string>, files: readonly string[]): string[] {
  return files.filter((file) => !seen.has(file));
}

async function main(): Promise<number> {
  const root = process.cwd();
  const files = sources(root);
  const { seen, breaches } = await structure(root);
  const missed = unseen(seen, files);
  for (const { rule, from, to, why } of breaches) console.error(`${rule}: ${from} → ${to}\n  ${why}`);
  for (const file of missed) console.error(`not seen by dependency-cruiser: ${file}`);
  console.log(`structure: ${files.length} files, ${breaches.length} breaches, ${missed.length} not seen`);
  return breaches.length + missed.length === 0 && files.length > 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
