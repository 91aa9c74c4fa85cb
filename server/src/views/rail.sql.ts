import { sql } from 'kysely';
import { inLanes } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Lanes } from '../staff/questions.ts';

/** What waits on each desk, and what of it falls due within the hour or is late. */
export interface Waiting {
  /** Who is called for and hasn't answered. */
  readonly calls: number;
  readonly queue: number;
  readonly queueDue: number;
  /** Proposals, and ends of accounts, that wait for a second person. */
  readonly approvals: number;
  /** Decided, or put into force, alone and not reviewed. */
  readonly unreviewed: number;
  readonly appeals: number;
  readonly appealsDue: number;
  readonly instructions: number;
  readonly instructionsDue: number;
  readonly inquiries: number;
  readonly inquiriesDue: number;
  /** Organisations that somebody wants accredited. */
  readonly flaggers: number;
  readonly enforcement: number;
  readonly enforcementDue: number;
  readonly clocksDue: number;
}

/** Every page has these figures, so that none is counted further: who has more than this does not need the rest. */
const enough = 1_000;

/**
 * Walks the partial indexes of what is open: case_open_by_item, clock_running, appeal_open, inquiry_open, action_not_enforced, call_ringing,
 * accreditation_waiting; each to
 * `enough`.
 * @param works which cases this person sees @param counts of which they see that there are any
 */
export async function waitingOn(
  tx: Tx,
  { works, counts, roles }: { readonly works: Lanes; readonly counts: Lanes; readonly roles: readonly string[] },
  soon: Date,
): Promise<Waiting> {
  const [seen, counted] = [inLanes(works), inLanes(counts)];
  const { rows } = await sql<Waiting>`
    with due as materialized (
      select k.clock, k.case_id, c.state, ${seen} as seen from cases.clock k join cases.case c on c.id = k.case_id
      where k.stopped_at is null and k.due_at < ${soon} and ((${seen}) or (${counted})) order by k.due_at limit ${enough})
    select
      (select count(*)::int from (select from calls.call where state = 'ringing' and roles && ${[...roles]}::text[] limit ${enough}) c) as calls,
      (select count(*)::int from (select from cases.case c where c.state = 'open' and ${seen} limit ${enough}) c) as queue,
      (select count(distinct case_id)::int from due where seen and state = 'open' and clock in ('protect', 'determine')) as "queueDue",
      (select count(*)::int from (select from decisions.proposal p join cases.case c on c.id = p.case_id
        where p.state = 'waiting' and ${seen} limit ${enough}) p)
        + (select count(*)::int from (select from decisions.ending e join decisions.decision d on d.id = e.id and d.state = 'standing'
        join subjects.account a on a.id = d.account join cases.case c on c.id = e.case_id where e.state = 'waiting' and ${seen} limit ${enough}) e) as approvals,
      (select count(*)::int from (select from decisions.alone o join cases.case c on c.id = o.case_id
        where o.state = 'unreviewed' and ${counted} limit ${enough}) o)
        + (select count(*)::int from (select from decisions.act_alone where state = 'unreviewed' limit ${enough}) a) as unreviewed,
      (select count(*)::int from (select from appeals.appeal a join cases.case c on c.id = a.case_id
        where a.state = 'received' and ${seen} limit ${enough}) a) as appeals,
      (select count(*)::int from due where seen and clock = 'appeal.answer') as "appealsDue",
      (select count(*)::int from (select from inquiries.inquiry i join cases.case c on c.id = i.case_id
        where i.state = 'received' and ${seen} limit ${enough}) i) as inquiries,
      (select count(*)::int from due where seen and clock = 'inquiry.answer') as "inquiriesDue",
      (select count(*)::int from (select from instructions.instruction where settled_at is null limit ${enough}) i) as instructions,
      (select count(*)::int from (select from instructions.instruction
        where settled_at is null and due_at < ${soon} limit ${enough}) i) as "instructionsDue",
      (select count(*)::int from (select from flaggers.accreditation where state = 'waiting' limit ${enough}) f) as flaggers,
      (select count(*)::int from (select from enforcement.action a join cases.case c on c.id = a.case_id
        where a.state = 'ordered' and ${counted} limit ${enough}) a) as enforcement,
      (select count(distinct a.id)::int from due join enforcement.action a on a.case_id = due.case_id
        where a.state = 'ordered' and due.clock in ('protect', 'enforce')) as "enforcementDue",
      (select count(*)::int from due) as "clocksDue"`.execute(reading(tx));
  return rows[0] as Waiting;
}
