import { createHmac } from 'node:crypto';
import pg from 'pg';
import type { Notes } from './embedded-notes.ts';
import { DATABASE } from './embedded-notes.ts';

/** Names the socket only; every server has a folder of its own for it. */
export const PORT = 5432;

/** Who the application logs in as: owns nothing, may take the role `perisai_app` once the migrations granted it, and nothing else. */
const APP_LOGIN = 'perisai_login';

/** Of the database `perisai`, as its owner. */
export function ownerUrl(notes: Notes, socketDir: string): string {
  return urlOf(notes.user, notes.password, socketDir);
}

/** Of the same database, as the application. */
export function appUrl(notes: Notes, socketDir: string): string {
  return urlOf(APP_LOGIN, appPassword(notes), socketDir);
}

function urlOf(user: string, password: string, socketDir: string): string {
  return `postgresql://${user}:${password}@/${DATABASE}?host=${encodeURIComponent(socketDir)}&port=${PORT}`;
}

/** Follows from the owner's, so that every process knows it and nothing more has to be kept; the owner's does not follow from it. */
function appPassword(notes: Notes): string {
  return createHmac('sha256', notes.password).update(APP_LOGIN).digest('base64url');
}

/** The same server's database for administration, which is there before ours. */
export function maintenance(url: string): string {
  return url.replace(`@/${DATABASE}?`, '@/postgres?');
}

/** The database and the application's log-in, made where they aren't there yet. Two processes may do so at once. */
export async function ensureDatabase(notes: Notes, socketDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenance(ownerUrl(notes, socketDir)) });
  await client.connect();
  const make = async (isThere: string, name: string, statement: string) => {
    if ((await client.query(isThere, [name])).rowCount !== 0) return;
    try {
      await client.query(statement);
    } catch (error) {
      if (!['42P04', '42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error; // the other process was faster
    }
  };
  try {
    await make('select 1 from pg_database where datname = $1', DATABASE, `create database ${DATABASE}`);
    const password = client.escapeLiteral(appPassword(notes));
    await make('select 1 from pg_roles where rolname = $1', APP_LOGIN, `create role ${APP_LOGIN} login password ${password}`);
  } finally {
    await client.end();
  }
}
