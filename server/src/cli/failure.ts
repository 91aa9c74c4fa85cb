import { ConfigError } from '../foundation/config.ts';
import { MigrationError } from '../foundation/db/migrate.ts';
import { Problem, problems } from '../foundation/http/problems.ts';
import { KeyStoreTaken } from '../foundation/keys/disk-key-store.ts';
import { KeyUnavailable } from '../foundation/keys/key-encryption.ts';
import { UsageError } from './command.ts';

/** Why a command ended, as its exit code: whoever starts Perisai from a script or a service manager tells by it what to mend. */
export const exitCodes = { done: 0, failed: 1, words: 2, configuration: 3, database: 4, migrations: 5, keys: 6, address: 7 } as const;

interface Failure {
  readonly code: number;
  /** What is wrong and what to do, without secrets. */
  readonly says: string;
}

/** An error as the operator reads it. What nobody foresaw is shown with its stack, to be reported. */
export function explain(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: exitCodes.failed, says: String(error) };
  const { code } = error as { code?: unknown };
  if (error instanceof UsageError || String(code).startsWith('ERR_PARSE_ARGS')) return { code: exitCodes.words, says: error.message };
  if (error instanceof ConfigError)
    return { code: exitCodes.configuration, says: `${error.message}\nAll settings: docs/reference/configuration.md.` };
  if (error instanceof MigrationError)
    return { code: exitCodes.migrations, says: `The database was not brought forward. ${error.message}` };
  if (error instanceof KeyUnavailable || error instanceof KeyStoreTaken) return { code: exitCodes.keys, says: error.message };
  if (error instanceof Problem) return { code: exitCodes.failed, says: `${error.detail}\n${problems[error.code].remedy}` };
  return ofTheMachine(error) ?? { code: exitCodes.failed, says: error.stack ?? error.message };
}

/** Addresses and databases: the system's own words are for programmers. */
function ofTheMachine(error: Error): Failure | null {
  const { code, syscall, port, address, severity, message, path } = error as Error & {
    code?: string;
    path?: string;
    syscall?: string;
    port?: number;
    address?: string;
    severity?: string;
  };
  if (syscall === 'listen') {
    const place = `${address ?? ''}:${port ?? ''}`;
    if (code === 'EADDRINUSE')
      return { code: exitCodes.address, says: `Another program listens on ${place} already: end it, or set PERISAI_PORT.` };
    if (code === 'EACCES')
      return { code: exitCodes.address, says: `This user may not listen on ${place}: set PERISAI_PORT to 1024 or more.` };
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return { code: exitCodes.address, says: `This machine has no address ${address}: correct PERISAI_HOST.` };
  }
  if (path !== undefined && String(code) in fileTrouble && syscall !== 'connect')
    return { code: exitCodes.failed, says: `${path}: ${fileTrouble[String(code)]}` };
  const remedy = severity === undefined && !['connect', 'getaddrinfo'].includes(String(syscall)) ? undefined : databaseRemedy(code);
  if (remedy === undefined) return null;
  // PostgreSQL's own sentences about connecting name users and databases, never passwords
  return { code: exitCodes.database, says: `The database cannot be used: ${message}.\n${remedy}` };
}

const fileTrouble: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'this user may not read or write it.',
  EPERM: 'this user may not read or write it.',
  EROFS: 'lies on a file system that can only be read.',
  ENOSPC: 'there is no room left on this disk.',
  ENOTDIR: 'a part of it is no folder.',
  EISDIR: 'is a folder.',
};

function databaseRemedy(code: string | undefined): string | undefined {
  if (code === '28P01' || code === '28000') return 'Correct user and password in DATABASE_URL and DATABASE_OWNER_URL.';
  if (code === '3D000') return 'Create the database that DATABASE_URL names, or correct the name.';
  if (code === '42501' || code === '22023')
    return 'The user of DATABASE_URL must be a member of perisai_app, and the one of DATABASE_OWNER_URL (or DATABASE_URL) own the database and, the first time, be allowed to create roles.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Correct the host in DATABASE_URL.';
  if (['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', '57P03', '53300'].includes(String(code)))
    return 'Start the database, or correct DATABASE_URL.';
  return undefined;
}
