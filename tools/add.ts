import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lock } from './complete-lock.ts';
import { completeLock } from './complete-lock.ts';
import { judge } from './licences.ts';

/** A package that a lock gained. */
export interface Gained {
  name: string;
  version: string;
  licence: string | undefined;
  dev: boolean;
}

/** What the second lock holds and the first does not, by place and version; other platforms' binaries and our own workspaces left out. */
export function gained(before: Lock, after: Lock): Gained[] {
  return Object.entries(after.packages)
    .filter(
      ([path, entry]) =>
        path.includes('node_modules/') && entry['integrity'] && !entry['link'] && before.packages[path]?.version !== entry.version,
    )
    .map(([path, entry]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version: entry.version ?? '',
      licence: entry['license'] as string | undefined,
      dev: entry['dev'] === true,
    }));
}

/** npm as the caller has it, on this Node: on an older one npm would quietly pick the newest version that fits that one. */
function npm(args: readonly string[]): void {
  const path = process.env['npm_execpath'];
  if (!path) throw new Error('Start this with "npm run add -- PACKAGE [-w WORKSPACE] [-D]".');
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };
  const { status } = spawnSync(process.execPath, [path, ...args], { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
}

function main(args: readonly string[]): number {
  if (args.length === 0) throw new Error('Which package? npm run add -- PACKAGE [-w WORKSPACE] [-D]');
  const read = (): Lock => JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const before = read();
  npm(['install', ...args]);
  const { added } = completeLock('package-lock.json');
  npm(['ci', '--dry-run', '--ignore-scripts', '--silent']);
  const judged = gained(before, read()).map((one) => ({ ...one, ...judge(one.name, one.licence, one.dev) }));
  for (const { name, version, why, allowed } of judged) console.log(`${allowed ? 'ok     ' : 'REFUSED'} ${name} ${version}: ${why}`);
  console.log(
    `${judged.length} packages came, ${added.length} of other platforms completed in the lock. Try "npm ci" with npm 10, 11 and 12.`,
  );
  const refused = judged.filter(({ allowed }) => !allowed);
  if (refused.length > 0)
    console.error('Take it out again (npm uninstall), or write the licence and its reason into tools/licences.ts and NOTICE.');
  return refused.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2));
