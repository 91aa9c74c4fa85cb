import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Proposal, proposalTransitions } from './proposal.ts';

interface Tables {
  'decisions.proposal': {
    id: string;
    service: string;
    case_id: string;
    revision: string;
    determination: string;
    clause: string | null;
    territory: string | null;
    days: number | null;
    policy: string;
    needs: string[];
    after: string | null;
    bundle: number | null;
    answers: string | null;
    state: string;
    proposed_by: string | null;
    proposed_at: Date;
    settled_by: string | null;
    settled_at: Date | null;
    decision: string | null;
    record: string;
  };
}

export async function insertProposal(because: Because<'decision.proposed'>): Promise<void> {
  const { proposal, revision, determination, clause, territory, days, policy, needs, after, bundle, answers } = because.payload;
  const { service, case: of, recordedAt, id: record } = because.record;
  await changing<Tables>(because)
    .insertInto('decisions.proposal')
    .values({
      id: proposal,
      service,
      case_id: of as string,
      revision,
      determination,
      clause,
      territory,
      days,
      policy,
      needs: [...needs],
      after,
      bundle: bundle === null ? null : bundle.cases.length,
      answers: answers === null ? null : JSON.stringify(answers),
      state: 'waiting',
      proposed_by: because.party('actor'),
      proposed_at: recordedAt,
      record,
    })
    .execute();
}

export async function settleProposal(because: Because<'proposal.settled'>): Promise<void> {
  const { proposal, outcome, decision } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('decisions.proposal')
    .set({ state: outcome, decision, settled_by: because.party('actor'), settled_at: because.record.recordedAt })
    .where('id', '=', proposal)
    .where('state', 'in', statesBefore(proposalTransitions, outcome, 'proposal.settled'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, outcome);
}

/** With *staff* go the names of both. */
export async function eraseProposers(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('decisions.proposal').set({ proposed_by: null }).where('proposed_by', '=', party).execute();
  await on.updateTable('decisions.proposal').set({ settled_by: null }).where('settled_by', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'revision',
  'determination',
  'clause',
  'territory',
  'days',
  'policy',
  'needs',
  'after',
  'bundle',
  'answers',
  'state',
  'proposed_by as proposedBy',
  'proposed_at as proposedAt',
  'settled_by as settledBy',
  'settled_at as settledAt',
  'decision',
  'record',
] as const;

/** Served by the primary key. */
export async function findProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.proposal').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Proposal
    | undefined;
}

/** What waits for a second person in a case. Served by proposal_waiting. */
export async function findWaiting(tx: Tx, caseId: string): Promise<Proposal | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.proposal')
    .select(columns)
    .where('case_id', '=', caseId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()) as Proposal | undefined;
}

/** The proposal that one of these decisions was; none where one person was enough. Served by proposal_by_decision. */
export async function findProposalAmong(tx: Tx, made: readonly string[]): Promise<Proposal | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.proposal').select(columns).where('decision', 'in', made).executeTakeFirst()) as
    | Proposal
    | undefined;
}
