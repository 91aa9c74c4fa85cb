import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** One entry of `packages` in a package-lock.json, as far as it is needed here. */
export interface Locked {
  version?: string;
  extraneous?: boolean;
  optionalDependencies?: Record<string, string>;
  [field: string]: unknown;
}

export interface Lock {
  packages: Record<string, Locked>;
  [field: string]: unknown;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64'];

/**
 * Names the optional packages of other platforms that the registry could not resolve: npm leaves them out of the lock it writes, and
 * `npm ci` then refuses that lock. Drops what npm itself calls extraneous. An entry that is there is never touched.
 * @returns the whole lock, its packages in order, and what was done
 */
export function completed(lock: Lock): { lock: Lock; added: string[]; dropped: string[] } {
  const packages = { ...lock.packages };
  const dropped = Object.keys(packages).filter((path) => packages[path]?.extraneous);
  for (const path of dropped) delete packages[path];
  const added: string[] = [];
  for (const [path, { optionalDependencies }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies ?? {})) {
      if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`]) continue;
      packages[`node_modules/${name}`] = foreign(name, range);
      added.push(name);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added, dropped };
}

/** What a platform's package says of itself in its name, so that npm never tries to install it here. */
function foreign(name: string, range: string): Locked {
  const libc = name.includes('musl') ? { libc: ['musl'] } : name.includes('gnu') ? { libc: ['glibc'] } : {};
  return {
    version: range.replace(/^[\^~]/, ''),
    cpu: [processors.find((processor) => name.includes(processor)) ?? 'none'],
    ...libc,
    optional: true,
    os: [systems.find((system) => name.includes(system)) ?? 'none'],
  };
}

/** Completes the lock file in place. */
export function completeLock(file: string): { added: string[]; dropped: string[] } {
  const { lock, added, dropped } = completed(JSON.parse(readFileSync(file, 'utf8')) as Lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return { added, dropped };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { added, dropped } = completeLock(process.argv[2] ?? 'package-lock.json');
  console.log(`lock: ${added.length} added, ${dropped.length} extraneous dropped`);
}
