import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const installed = '/usr/lib/postgresql';

/** Folder of the newest PostgreSQL that Debian put on this machine, or null. */
export function debianPostgres(): string | null {
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(installed, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

/**
 * Installs Debian's PostgreSQL where we may: as root, or by a sudo that asks nothing. RUNLEVEL=1 keeps the package from starting a server
 * of its own on the usual port.
 * @throws when it cannot be installed: a missing server is a failure, not a skipped test
 */
export function installPostgres(): void {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'postgresql'],
  ]) {
    const [command = '', ...rest] = [...asRoot, 'env', 'RUNLEVEL=1', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    const { status, error } = spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0)
      throw new Error(
        `No PostgreSQL in ${installed}, and apt-get ${args[0]} failed${error ? `: ${error.message}` : ''}. Install "postgresql" or set DATABASE_URL.`,
      );
  }
}

export interface Cluster {
  /** Of a superuser, over TCP on 127.0.0.1, by password. */
  url: string;
  stop(): Promise<void>;
}

/** A cluster of its own in a temporary folder, on a free port, under the user `postgres` when we are root (it refuses root). */
export async function startCluster(bin: string): Promise<Cluster> {
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const place = mkdtempSync(join(tmpdir(), 'perisai-servers-'));
  const password = randomBytes(16).toString('hex');
  writeFileSync(join(place, 'password'), password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [place, join(place, 'password')]) chownSync(path, user.uid, user.gid);
  const data = join(place, 'data');
  const asked = [
    '-D',
    data,
    '-U',
    'perisai',
    '--pwfile',
    join(place, 'password'),
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ];
  execFileSync(join(bin, 'initdb'), asked, { ...user, cwd: place, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const options = ['-D', data, '-k', place, '-h', '127.0.0.1', '-p', String(port), '-F', '-c', 'max_connections=200'];
  const server = spawn(join(bin, 'postgres'), options, { ...user, cwd: place, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  const stop = (): Promise<void> => end(server, place);
  return { url: `postgres://perisai:${password}@127.0.0.1:${port}/postgres`, stop };
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** The server says itself when it takes connections; what it said before is the reason when it ends instead. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)));
  });
}

/** SIGINT is PostgreSQL's "fast shutdown": it doesn't wait for clients. */
function end(server: ChildProcess, place: string): Promise<void> {
  return new Promise((resolve) => {
    server.on('exit', () => {
      rmSync(place, { recursive: true, force: true });
      resolve();
    });
    server.kill('SIGINT');
  });
}
