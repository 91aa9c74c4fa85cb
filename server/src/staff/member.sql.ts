import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { Member, RosterEntry } from './member.ts';

interface Tables {
  'staff.member': {
    id: string;
    name: string | null;
    login: string | null;
    roles: string[];
    languages: string[];
    disabled: boolean;
    enrolled_at: Date;
    record: string;
  };
}

export async function insertMember(because: Because<'staff.enrolled'>): Promise<void> {
  const { staff, name, login, roles, languages } = because.payload;
  await changing<Tables>(because)
    .insertInto('staff.member')
    .values({
      id: staff,
      name,
      login,
      roles,
      languages,
      disabled: false,
      enrolled_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
}

export async function updateRoles(because: Because<'staff.roles-set'>): Promise<void> {
  const { staff, roles } = because.payload;
  await changing<Tables>(because).updateTable('staff.member').set({ roles }).where('id', '=', staff).execute();
}

export async function disableMember(because: Because<'staff.disabled'>): Promise<void> {
  await changing<Tables>(because).updateTable('staff.member').set({ disabled: true }).where('id', '=', because.payload.staff).execute();
}

/** With *staff* go name and log-in; roles and times stay, since decisions refer to them. */
export async function eraseMember(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  await changing<Tables>(because).updateTable('staff.member').set({ name: null, login: null }).where('id', '=', party).execute();
}

/** One change of the roster at a time: a log-in is taken once, and two administrators can't remove each other at the same moment. */
export async function lockRoster(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('staff.member'))`.execute(technical(tx));
}

const columns = ['id', 'name', 'login', 'roles', 'languages', 'disabled', 'enrolled_at as enrolledAt'] as const;

/** Everybody who is or was on the staff, by name. A provider has tens to hundreds: read whole. */
export async function roster(tx: Tx): Promise<RosterEntry[]> {
  return (await reading<Tables>(tx)
    .selectFrom('staff.member')
    .select(columns)
    .orderBy('disabled')
    .orderBy('name')
    .orderBy('id')
    .execute()) as RosterEntry[];
}

/** Served by the primary key. */
export async function findEntry(tx: Tx, id: string): Promise<RosterEntry | undefined> {
  return (await reading<Tables>(tx).selectFrom('staff.member').select(columns).where('id', '=', id).executeTakeFirst()) as
    | RosterEntry
    | undefined;
}

/** Whoever may act under this id; undefined for nobody, and for who is disabled or erased. Served by the primary key. */
export async function findMember(tx: Tx, id: string): Promise<Member | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('staff.member')
    .select(['id', 'name', 'roles', 'languages'])
    .where('id', '=', id)
    .where('disabled', '=', false)
    .where('name', 'is not', null)
    .executeTakeFirst();
  return row as Member | undefined;
}
