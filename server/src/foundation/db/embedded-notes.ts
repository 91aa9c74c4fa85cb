import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { ServerUser } from './postgres-binaries.ts';
import { reachable } from './postgres-binaries.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { identify } from './process-identity.ts';

/** What has to survive a crash: `database.json`, readable by its owner only. */
export interface Notes {
  user: string;
  password: string;
  /** The folder of the cluster; outside the data folder when PostgreSQL's user cannot enter that. */
  cluster: string;
}

/** `database.run.json`: who looks after the running server. Written by whoever starts or adopts it. */
export interface RunNotes {
  keeper: ProcessIdentity;
  socketDir: string;
}

/** Name of the database and of its owner. */
export const DATABASE = 'perisai';

export function readNotes(dataDir: string): Notes | null {
  return readJson<Notes>(join(dataDir, 'database.json'));
}

export function readRunNotes(dataDir: string): RunNotes | null {
  return readJson<RunNotes>(join(dataDir, 'database.run.json'));
}

/** Who looks after the running server. Who has just started it writes so a moment later; who was killed in that moment never does. */
export async function keeperOf(dataDir: string, socketDir: string): Promise<ProcessIdentity | undefined> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const run = readRunNotes(dataDir);
    if (run?.socketDir === socketDir) return run.keeper;
    await wait(20);
  }
  return undefined;
}

function readJson<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

/** Chooses password and place of a new cluster. Of two processes that do so at once, the first one's choice holds for both. */
export function writeNotes(dataDir: string, user: ServerUser, log: Log, clusterRoot = '/var/lib/perisai'): Notes {
  const inside = join(dataDir, 'postgres');
  const outside = join(clusterRoot, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const cluster = !user.other || reachable(dataDir, user) ? inside : outside;
  if (cluster === outside) {
    mkdirSync(dirname(outside), { recursive: true, mode: 0o755 });
    log.warn({ dataDir, cluster }, 'PostgreSQL runs under another user, who cannot enter the data folder: its files lie elsewhere');
  }
  const notes: Notes = { user: DATABASE, password: randomBytes(24).toString('base64url'), cluster };
  const file = join(dataDir, 'database.json');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(notes, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readNotes(dataDir) ?? notes;
}

export function writeRunNotes(dataDir: string, notes: RunNotes): void {
  const file = join(dataDir, 'database.run.json');
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(notes), { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

export function ourselves(): ProcessIdentity {
  return identify(process.pid) ?? { pid: process.pid, since: '' };
}
