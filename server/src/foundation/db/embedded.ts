import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { appUrl, ensureDatabase, maintenance, ownerUrl, PORT } from './embedded-database.ts';
import type { Notes } from './embedded-notes.ts';
import { keeperOf, ourselves, readNotes, readRunNotes, writeNotes, writeRunNotes } from './embedded-notes.ts';
import { bareEnvironment, initialise } from './initialise.ts';
import type { Binaries, ServerUser } from './postgres-binaries.ts';
import { findBinaries, handOver, reachable, serverUser } from './postgres-binaries.ts';
import type { Postmaster } from './postmaster.ts';
import { findPostmaster, gone, stopPostmaster } from './postmaster.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { alive } from './process-identity.ts';

export interface EmbeddedOptions {
  /** Perisai's data folder; the cluster lies in `postgres/` below it, if PostgreSQL's user can reach that. */
  dataDir: string;
  log: Log;
  /** Trades every promise of durability for speed. For tests only. */
  throwaway?: boolean;
  /** Where a copy of the programs goes when the installed ones are out of reach. */
  cacheRoot?: string;
  /** Where the cluster goes when the data folder is out of reach. */
  clusterRoot?: string;
  /** Folder of the socket of an earlier start, so that those who connect there find the new server. */
  socketDir?: string;
}

export interface EmbeddedServer {
  /** Of the database `perisai`, as its owner, over the socket. */
  url: string;
  /** Of the same database, as a log-in that may only take the application's role. */
  appUrl: string;
  /** Folder of the socket. */
  socketDir: string;
  /** The server's process, and its number. */
  process: ProcessIdentity;
  pid: number;
  /** True when the server ran already. */
  adopted: boolean;
  /** True when the process that looks after the server is alive and another one: `stop` then leaves the server running. */
  guest: boolean;
  /** Ends the server (fast shutdown) and returns when it is gone; with `remove`, its data too. Called twice it does nothing more. */
  stop(options?: { remove?: boolean }): Promise<void>;
}

/** `sockaddr_un.sun_path` holds 108 bytes with the closing zero. */
const LONGEST_SOCKET_PATH = 107;

const SETTINGS = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // the log is for operators: no statements, no details, because both quote personal data
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  wal_compression: 'pglz',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  max_wal_senders: '2',
};
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', autovacuum_naptime: '5min' };

/**
 * Starts PostgreSQL for this data folder, or adopts the server that a killed process of ours left behind, and returns when it answers.
 * Ours to run, because the library's class installs exit hooks that end the process before any graceful stop.
 *
 * The server has a process group of its own: Ctrl-C reaches us, not it, so that we can finish our transactions before stopping it. When
 * we are killed it lives on, and the next start finds it. Two processes may start at once: one server comes out of it.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log } = options;
  const user = serverUser(log);
  const dataDir = ownFolder(options.dataDir, user);
  const notes = readNotes(dataDir) ?? writeNotes(dataDir, user, log, options.clusterRoot);
  if (!existsSync(join(notes.cluster, 'PG_VERSION'))) await initialise(notes, user, findBinaries(user, log, options.cacheRoot), log);

  let server = await findNamed(notes.cluster);
  let adopted = server !== 'nobody' && server !== 'stranger';
  // its number belongs to another program now, which PostgreSQL would take for itself and refuse to start
  if (server === 'stranger') unlinkSync(join(notes.cluster, 'postmaster.pid'));
  let socketDir = adopted ? (server as Postmaster).socketDir : '';
  if (!adopted || !(await answers(ownerUrl(notes, socketDir), server as Postmaster))) {
    sweepSocket(dataDir);
    socketDir = makeSocketFolder(user, options.socketDir);
    const child = launch(notes, socketDir, dataDir, user, findBinaries(user, log, options.cacheRoot), options.throwaway ?? false);
    const made = socketDir;
    try {
      const winner = await started(child, ownerUrl(notes, made), notes.cluster, dataDir, log);
      adopted = winner.pid !== child.pid;
      server = winner;
      socketDir = winner.socketDir;
    } finally {
      if (socketDir !== made || server === 'nobody' || server === 'stranger') rmSync(made, { recursive: true, force: true });
    }
  }
  const running = server as Postmaster;
  const keeper = adopted ? await keeperOf(dataDir, socketDir) : undefined;
  const guest = keeper !== undefined && keeper.pid !== process.pid && alive(keeper);
  if (!guest) writeRunNotes(dataDir, { keeper: ourselves(), socketDir });
  if (adopted)
    log.info(
      { server: running.pid, guest },
      guest ? 'using the PostgreSQL of another process' : 'adopted the PostgreSQL that was left over',
    );
  await ensureDatabase(notes, socketDir);

  let stopping: Promise<void> | undefined;
  const stop = async (remove: boolean) => {
    if (guest) return;
    await stopPostmaster(running);
    rmSync(socketDir, { recursive: true, force: true });
    rmSync(join(dataDir, 'database.run.json'), { force: true });
    if (!remove) return;
    rmSync(notes.cluster, { recursive: true, force: true });
    for (const file of ['database.json', 'postgres.log']) rmSync(join(dataDir, file), { force: true });
  };
  return {
    url: ownerUrl(notes, socketDir),
    appUrl: appUrl(notes, socketDir),
    socketDir,
    process: running,
    pid: running.pid,
    adopted,
    guest,
    stop(given = {}) {
      stopping ??= stop(given.remove ?? false);
      return stopping;
    },
  };
}

/**
 * Ends and removes throwaway servers whose keeper was killed before it could: folders `prefix…` of ours in the folder for temporary files.
 */
export async function sweepThrowaways(prefix: string, log: Log): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    const run = lstatSync(dataDir).uid === process.getuid?.() ? readRunNotes(dataDir) : null;
    const notes = run === null || alive(run.keeper) ? null : readNotes(dataDir);
    if (run === null || notes === null) continue;
    log.info({ folder: dataDir }, 'removing a throwaway database whose process was killed');
    const server = findPostmaster(notes.cluster);
    if (typeof server === 'object') await stopPostmaster(server);
    for (const folder of [notes.cluster, run.socketDir, dataDir]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The data folder, made when missing. PostgreSQL's user may pass through it, nobody else may list it. */
function ownFolder(folder: string, user: ServerUser): string {
  mkdirSync(folder, { recursive: true, mode: user.other ? 0o711 : 0o700 });
  const { mode } = statSync(folder);
  if (user.other && (mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o001);
  return realpathSync(folder);
}

/** A private folder for the socket, as short as the kernel wants it and where the server's user can get. */
function makeSocketFolder(user: ServerUser, again?: string): string {
  if (again !== undefined) {
    // never over something that another user has put there in between
    if (!existsSync(again)) mkdirSync(again, { mode: 0o700 });
    else if (![process.getuid?.(), user.uid].includes(lstatSync(again).uid)) throw new Error(`${again} belongs to somebody else.`);
    return handOver(again, user);
  }
  const roots = [tmpdir(), '/tmp', '/var/tmp'].filter(
    (root) => join(root, 'perisai-XXXXXX', `.s.PGSQL.${PORT}`).length <= LONGEST_SOCKET_PATH,
  );
  const root = roots.find((candidate) => existsSync(candidate) && (!user.other || reachable(candidate, user)));
  if (root === undefined) throw new Error('No folder for temporary files is short enough and open to PostgreSQL: set TMPDIR=/tmp.');
  return handOver(mkdtempSync(join(root, 'perisai-')), user);
}

/** What an earlier server, now dead, left of its socket. */
function sweepSocket(dataDir: string): void {
  const old = readRunNotes(dataDir)?.socketDir;
  if (old === undefined || !existsSync(old)) return;
  const files = readdirSync(old);
  if (files.every((file) => file.startsWith('.s.PGSQL.'))) rmSync(old, { recursive: true, force: true });
}

function launch(notes: Notes, socketDir: string, dataDir: string, user: ServerUser, binaries: Binaries, throwaway: boolean): ChildProcess {
  const logFile = join(dataDir, 'postgres.log');
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(logFile, `${logFile}.1`);
  // a file, not a pipe to us: the server outlives us
  const output = openSync(logFile, 'a', 0o600);
  const settings = { ...SETTINGS, ...(throwaway ? THROWAWAY : DURABLE), unix_socket_directories: socketDir };
  const child = spawn(
    binaries.postgres,
    ['-D', realpathSync(notes.cluster), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { cwd: '/', uid: user.uid, gid: user.gid, env: bareEnvironment(), detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  child.unref();
  return child;
}

/**
 * Who serves the data folder, once its file says where: PostgreSQL names its process first and its socket a moment later. Whoever took
 * the empty name for a folder would connect to the port of somebody else.
 */
async function findNamed(cluster: string): Promise<ReturnType<typeof findPostmaster>> {
  for (;;) {
    const server = findPostmaster(cluster);
    if (typeof server !== 'object' || server.socketDir !== '') return server;
    await wait(4);
  }
}

/** Waits until the server that we launched answers, or, when another process was faster, that process's server. */
async function started(child: ChildProcess, url: string, cluster: string, dataDir: string, log: Log): Promise<Postmaster> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const began = performance.now();
  let told = false;
  for (;;) {
    if (failure !== undefined) throw failure;
    const server = await findNamed(cluster);
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (typeof server === 'object' && server.pid === child.pid) {
      if ((await probe(url)) === 'ready') return server;
    } else if (ended && typeof server === 'object' && (await answers(urlFor(url, server.socketDir), server))) {
      return server;
    } else if (ended) {
      throw new Error(
        `PostgreSQL did not start: ${readFileSync(join(dataDir, 'postgres.log'), 'utf8').trim().split('\n').slice(-5).join('\n')}`,
      );
    }
    if (!told && performance.now() - began > 5_000) {
      told = true;
      log.warn('PostgreSQL is still starting; after a crash it first repeats what its write-ahead log holds');
    }
    await wait(4);
  }
}

/** Whether that running server comes to answer; false when it ends instead, as one does that is being stopped. */
async function answers(url: string, server: Postmaster): Promise<boolean> {
  while (alive(server)) {
    const state = await probe(url);
    if (state === 'ready') return true;
    if (state === 'stopping' && !(await gone(server, 60_000)))
      throw new Error(`PostgreSQL (process ${server.pid}) is stopping and does not end.`);
    await wait(10);
  }
  return false;
}

async function probe(url: string): Promise<'ready' | 'starting' | 'stopping'> {
  const client = new pg.Client({ connectionString: maintenance(url), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // the connection is only a question, and its loss an answer
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'starting';
    if (code === '57P03') return /shutting down/.test(message) ? 'stopping' : 'starting';
    throw error;
  } finally {
    await client.end();
  }
}

function urlFor(url: string, socketDir: string): string {
  return url.replace(/host=[^&]*/, `host=${encodeURIComponent(socketDir)}`);
}
