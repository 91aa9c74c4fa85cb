import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { repeat } from '../../foundation/repeat.ts';
import type * as policy from '../../policy/index.ts';
import { append, reveal } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import { confirmBundle, lockBundle } from '../casework/decide-bundle.ts';
import { judgedBundle } from '../casework/propose-bundle.ts';
import type { House } from '../house.ts';
import { carryOut } from './decide.ts';
import { guidelinesFor } from './guidelines.ts';
import { demandOpen, lockCase } from './lock.ts';
import type { Judged } from './propose.ts';
import { rule } from './reverse.ts';

/**
 * Who decided takes it back while there is time: nothing has happened, the case is in their hands again.
 * @returns the case, and the appeal where it was a ruling on one, and of how many it was a bundle
 * @throws Problem `forbidden`, `held-unknown`, `held-over`.
 */
export async function undo(house: House, member: staff.Member, id: string): Promise<Pick<decisions.Held, 'case' | 'appeal' | 'bundle'>> {
  return house.db.begin('doors', async (tx) => {
    const known = await decisions.held(tx, id);
    if (!known) throw new Problem('held-unknown', `There is no decision ${id} that waits.`);
    const of = await lockCase(tx, known.case);
    const held = (await decisions.held(tx, id)) as decisions.Held;
    staff.demand(member, 'decision.undo', { type: 'held', heldBy: held.heldBy });
    if (held.state !== 'held' || held.until <= house.clock.now())
      throw new Problem('held-over', 'This decision is carried out already. An appeal is the way to another one.');
    await takeBack(house, tx, of, held, { by: 'person', member: member.id });
    if (held.appeal === null)
      await cases.takeLease(tx, of.id, member.id, house.clock.now(), new Date(house.clock.now().getTime() + house.leaseMinutes * 60_000));
    return { case: of.id, appeal: held.appeal, bundle: held.bundle };
  });
}

/** What somebody decided and took back, as they had it: to be put right. Null for everybody else, and once its words are erased. */
export async function takenBack(house: House, tx: Tx, member: staff.Member, id: string): Promise<(decisions.Held & Words) | null> {
  const held = await decisions.held(tx, id);
  if (held?.state !== 'undone' || held.heldBy !== member.id) return null;
  return { ...held, ...(await wordsOf(house, tx, held)) };
}

/**
 * Carries out whatever has waited long enough, in the name of who decided it. What has changed meanwhile so that they could not decide it now
 * (it turned out to be about something else) is taken back, and the case is in the queue again. Each in a transaction of its own.
 * @returns how many were carried out
 */
export async function releaseDue(house: House, limit = 100): Promise<number> {
  const due = await house.db.begin('jobs', (tx) => decisions.heldUntil(tx, house.clock.now(), limit));
  let released = 0;
  for (const { id, case: of } of due) {
    try {
      if (await house.db.begin('jobs', (tx) => release(house, tx, of, id))) released++;
    } catch (error) {
      // One that fails keeps neither the others waiting nor the sweeper from its clocks.
      await goBack(house, of, id, error).catch((err: unknown) =>
        house.log.error({ err, held: id, case: of }, 'a decision could not be carried out; the next look tries again'),
      );
    }
  }
  return released;
}

/** What it was decided about has changed: nothing of it has happened, and somebody looks again. Whatever else went wrong is thrown on. */
async function goBack(house: House, of: string, id: string, error: unknown): Promise<void> {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  await house.db.begin('jobs', async (tx) => {
    const locked = await lockCase(tx, of);
    const held = (await decisions.held(tx, id)) as decisions.Held;
    if (held.state === 'held') await takeBack(house, tx, locked, held, { by: 'change', member: null });
  });
}

/** @returns whether it was carried out just now @throws Problem where it could not be decided any more */
async function release(house: House, tx: Tx, caseId: string, id: string): Promise<boolean> {
  const held = await decisions.held(tx, id);
  if (held?.state !== 'held') return false;
  const member = held.heldBy === null ? undefined : await staff.member(tx, held.heldBy);
  if (!member) throw new Problem('staff-unknown', 'Who decided it is not known any more.');
  const carry = held.appeal !== null ? ruleNow : held.bundle !== null ? bundleNow : decideNow;
  const decision = await carry(house, tx, caseId, held, member);
  if (decision === null) return false;
  const because = await append(house, tx, {
    kind: 'decision.released',
    service: held.service,
    case: caseId,
    payload: { held: held.id, decision },
  });
  await decisions.release(because);
  await cases.giveBack(because);
  return true;
}

async function decideNow(house: House, tx: Tx, caseId: string, known: decisions.Held, member: staff.Member): Promise<string | null> {
  const of = await lockCase(tx, caseId);
  // Between the question and the lock somebody may have taken it back.
  const held = (await decisions.held(tx, known.id)) as decisions.Held;
  if (held.state !== 'held') return null;
  const own = await judgedOf(house, tx, held);
  demandOpen(of);
  if (decisions.needsOf({ harm: of.harm, ...own }).length > 0) throw new Problem('second-person-needed', 'This needs two people by now.');
  return (await carryOut(house, tx, of, own, member)).id;
}

async function bundleNow(house: House, tx: Tx, caseId: string, known: decisions.Held, member: staff.Member): Promise<string | null> {
  const all = await lockBundle(tx, caseId);
  const held = (await decisions.held(tx, known.id)) as decisions.Held;
  if (held.state !== 'held') return null;
  const told = await reveal(house, tx, 'decision.held', held.record);
  if (!told?.bundle) throw new Problem('conflict', 'What was decided about the bundle is not known any more.');
  demandOpen(all[0] as cases.Case);
  const { judgement, seen } = judgedBundle(held, { ...told, bundle: told.bundle });
  return (await confirmBundle(house, tx, all, judgement, seen, member)).id;
}

async function ruleNow(house: House, tx: Tx, _case: string, known: decisions.Held, member: staff.Member): Promise<string | null> {
  const { appeal, determination, territory, days, clause } = known;
  const { outcome, alone, reason } = await wordsOf(house, tx, known);
  const ruling = { appeal: appeal as string, outcome: outcome ?? 'overturned', alone: alone ?? false };
  const made = await rule(house, tx, member, { ...ruling, determination, territory, days, clause, reason }, async (_, { needs }) => {
    if (((await decisions.held(tx, known.id)) as decisions.Held).state !== 'held') return 'undone' as const;
    if (needs.length > 0) throw new Problem('second-person-needed', 'This needs two people by now.');
    return null;
  });
  return made === null || made === 'undone' ? null : made.id;
}

/** Looks every second what has waited long enough, until told to stop; the sweeper looks, too, where nobody does. */
export function startReleases(house: House): () => Promise<void> {
  return repeat(() => releaseDue(house), {
    every: 1_000,
    failed: (err) => house.log.error({ err }, 'what has waited to be carried out waits on: the next look begins again'),
  });
}

async function takeBack(
  house: House,
  tx: Tx,
  of: cases.Case,
  held: decisions.Held,
  { by, member }: { readonly by: 'person' | 'change'; readonly member: string | null },
): Promise<void> {
  const because = await append(house, tx, {
    kind: 'decision.undone',
    service: of.service,
    case: of.id,
    ...(member === null ? {} : { parties: [{ role: 'actor', party: member, purpose: 'staff' }] }),
    payload: { held: held.id, by },
  });
  await decisions.undo(because);
  await cases.giveBack(because);
}

interface Words {
  readonly reason: string;
  readonly lessened: string;
  readonly measure: policy.AccountMeasure | 'suggested' | null;
  /** Of a ruling on an appeal. */
  readonly outcome: 'overturned' | 'partly' | null;
  readonly alone: boolean | null;
}

async function wordsOf(house: House, tx: Tx, { record }: decisions.Held): Promise<Words> {
  const told = await reveal(house, tx, 'decision.held', record);
  const { reason, said, lessened, measure, outcome, alone } = told ?? {};
  return {
    ...{ reason: reason ?? said ?? '', lessened: lessened ?? '', outcome: outcome ?? null, alone: alone ?? null },
    measure: (measure ?? null) as Words['measure'],
  };
}

async function judgedOf(house: House, tx: Tx, held: decisions.Held): Promise<Judged> {
  const { measure, reason, lessened } = await wordsOf(house, tx, held);
  const { revision, determination, clause, territory, days } = held;
  return {
    ...{ revision, determination: determination as policy.FinalDetermination, territory, days, reason, lessened },
    clause: clause === null ? null : ((await guidelinesFor(tx, revision)).clauseOf(clause) ?? null),
    ...(measure === null ? {} : { measure }),
  };
}
