import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Invitation, invitationTransitions } from './invitation.ts';

interface Tables {
  'decisions.invitation': {
    id: string;
    proposal: string;
    case_id: string;
    name: string | null;
    invited_by: string | null;
    invited_at: Date;
    until_at: Date;
    state: string;
    opened_at: Date | null;
    settled_at: Date | null;
    withdrawn_at: Date | null;
    record: string;
  };
  'decisions.invitation_secret': { invitation: string; key_hash: string; code_hash: string; wrong: number; session_hash: string | null };
}

export async function insertInvitation(because: Because<'second.invited'>): Promise<void> {
  const { invitation: id, proposal, until, name } = because.payload;
  const { recordedAt, case: of, id: record } = because.record;
  await changing<Tables>(because)
    .insertInto('decisions.invitation')
    .values({
      ...{ id, proposal, case_id: of as string, name, invited_by: because.party('actor'), record },
      ...{ invited_at: recordedAt, until_at: new Date(until), state: 'sent' },
    })
    .execute();
}

export async function markInvitationOpened(because: Because<'second.opened'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('decisions.invitation')
    .set({ state: 'opened', opened_at: because.record.recordedAt })
    .where('id', '=', because.payload.invitation)
    .where('state', 'in', statesBefore(invitationTransitions, 'opened', 'second.opened'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'opened');
}

export async function markInvitationSettled(because: Because<'second.settled'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('decisions.invitation')
    .set({ state: 'settled', settled_at: because.record.recordedAt })
    .where('id', '=', because.payload.invitation)
    .where('state', 'in', statesBefore(invitationTransitions, 'settled', 'second.settled'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'settled');
}

export async function markInvitationWithdrawn(because: Because<'second.withdrawn'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('decisions.invitation')
    .set({ state: 'withdrawn', withdrawn_at: because.record.recordedAt })
    .where('id', '=', because.payload.invitation)
    .where('state', 'in', statesBefore(invitationTransitions, 'withdrawn', 'second.withdrawn'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'withdrawn');
}

/** With *staff* goes the guest's name, and who invited them. */
export async function eraseInvited(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('decisions.invitation').set({ name: null }).where('id', '=', party).execute();
  await on.updateTable('decisions.invitation').set({ invited_by: null }).where('invited_by', '=', party).execute();
}

const columns = ['id', 'proposal', 'case_id as case', 'name', 'invited_by as invitedBy', 'until_at as until', 'state'] as const;

/** Locked until the transaction ends: a link opens once. Served by the primary key. */
export async function lockInvitation(tx: Tx, id: string): Promise<Invitation | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.invitation')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as Invitation | undefined;
}

/** Everybody who was invited to a proposal, in that order, with how often a wrong code was tried: a handful. Served by invitation_by_proposal. */
export async function invitationsTo(tx: Tx, proposal: string): Promise<(Invitation & { readonly wrong: number })[]> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.invitation')
    .leftJoin('decisions.invitation_secret', 'invitation', 'id')
    .select(columns)
    .select((eb) => eb.fn.coalesce('wrong', eb.lit(0)).as('wrong'))
    .where('proposal', '=', proposal)
    .orderBy('invited_at')
    .orderBy('id')
    .execute()) as (Invitation & { readonly wrong: number })[];
}

export async function putInvitationSecret(tx: Tx, invitation: string, keyHash: string, codeHash: string): Promise<void> {
  await technical<Tables>(tx)
    .insertInto('decisions.invitation_secret')
    .values({ invitation, key_hash: keyHash, code_hash: codeHash, wrong: 0, session_hash: null })
    .execute();
}

export interface InvitationSecret {
  readonly keyHash: string;
  readonly codeHash: string;
  readonly wrong: number;
  readonly sessionHash: string | null;
}

/** Served by the primary key. */
export async function invitationSecret(tx: Tx, invitation: string): Promise<InvitationSecret | undefined> {
  return reading<Tables>(tx)
    .selectFrom('decisions.invitation_secret')
    .select(['key_hash as keyHash', 'code_hash as codeHash', 'wrong', 'session_hash as sessionHash'])
    .where('invitation', '=', invitation)
    .executeTakeFirst();
}

export async function countWrongCode(tx: Tx, invitation: string): Promise<void> {
  await technical<Tables>(tx)
    .updateTable('decisions.invitation_secret')
    .set((eb) => ({ wrong: eb('wrong', '+', 1) }))
    .where('invitation', '=', invitation)
    .execute();
}

export async function beginGuestSession(tx: Tx, invitation: string, sessionHash: string): Promise<void> {
  await technical<Tables>(tx)
    .updateTable('decisions.invitation_secret')
    .set({ session_hash: sessionHash })
    .where('invitation', '=', invitation)
    .execute();
}
