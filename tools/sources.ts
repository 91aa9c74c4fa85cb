import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold source. */
export const roots = ['packages', 'server', 'demo', 'bench', 'tools'] as const;

/**
 * Every TypeScript file of the tree as git sees it: tracked, or new and not ignored. Fixtures are left out: they are wrong on purpose.
 * @returns paths relative to `root`, with slashes, sorted
 */
export function sources(root: string): string[] {
  const asked = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...roots.map((folder) => `${folder}/*.ts`)];
  const listed = execFileSync('git', asked, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && !path.startsWith('tools/fixtures/') && existsSync(join(root, path)))
    .sort();
}
