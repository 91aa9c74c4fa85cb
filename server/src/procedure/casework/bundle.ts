import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { demandFit, demandLane, judged } from '../moderation/decide.ts';
import { guidelinesFor } from '../moderation/guidelines.ts';
import { lockItems } from '../moderation/lock.ts';
import { makeDecision } from '../moderation/make.ts';
import { together } from './together.ts';

/** More than this needs a second person: who gathered a part of it does not decide it (product.md, “Two people”). */
export const bulk = 100;
/** More than this fits into no one transaction and no one record. */
const most = 500;

export type Why = 'link' | 'text' | 'file' | 'author' | 'chosen';

/**
 * Brings cases into the bundle of another: they leave the queue, keep their reports and their clocks, and are decided with it. Nothing comes
 * into a bundle by itself: what is alike is suggested, a person chooses.
 * @returns how many came in: of another harm or service, decided, bundled already, or held by somebody else is left where it is
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `case-bundled`, `case-merged`, `conflict`.
 */
export async function gather(
  house: House,
  member: Member,
  { lead: id, cases: asked }: { readonly lead: string; readonly cases: readonly { readonly id: string; readonly why: readonly Why[] }[] },
): Promise<number> {
  demand(member, 'case.hand-over', 'case');
  return house.db.begin('doors', async (tx) => {
    const wanted = asked.filter((one) => one.id !== id);
    const [lead, ...others] = await lockTogether(tx, [id, ...wanted.map((one) => one.id)]);
    if (!lead) throw new Problem('case-unknown', `There is no case ${id}.`);
    demand(member, 'case.claim', { type: 'case', harm: lead.harm });
    if (lead.state !== 'open') throw new Problem('case-closed', 'This case has been decided.');
    const now = house.clock.now();
    const lease = await cases.leaseOn(tx, id, now);
    if (lease && lease.staff !== member.id) throw new Problem('case-claimed', 'Somebody else is working on this case.');
    if ((await cases.workOn(tx, id))?.bundle) throw new Problem('case-bundled', 'This case lies in a bundle itself.');
    if ((await cases.mergedInto(tx, id)).length > 0)
      throw new Problem('case-merged', 'Others were merged into this case: they are decided with it already.');
    const before = (await cases.bundledWith(tx, id)).length;
    if (before + others.length >= most) throw new Problem('conflict', `A bundle holds ${most} cases at most.`);
    let came = 0;
    for (const of of others) {
      const work = await cases.workOn(tx, of.id);
      const held = await cases.leaseOn(tx, of.id, now);
      if (of.state !== 'open' || of.harm !== lead.harm || of.service !== lead.service) continue;
      if (!work || work.bundle || (held && held.staff !== member.id) || (await cases.bundledWith(tx, of.id)).length > 0) continue;
      if ((await cases.mergedInto(tx, of.id)).length > 0) continue;
      const why = wanted.find((one) => one.id === of.id)?.why ?? [];
      await cases.bundle(
        await append(house, tx, {
          kind: 'case.bundled',
          service: of.service,
          case: of.id,
          parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
          payload: { into: id, why: why.length === 0 ? ['chosen'] : [...why], due_at: work.dueAt.toISOString() },
        }),
      );
      await cases.dropLease(tx, of.id, member.id);
      came++;
    }
    return came;
  });
}

/** Takes a case out of its bundle again: it waits in the queue as before. @throws Problem `forbidden`, `case-unknown`, `case-closed`, `conflict`. */
export async function takeOut(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  await house.db.begin('doors', async (tx) => {
    const [of] = await lockTogether(tx, [id]);
    if (!of) throw new Problem('case-unknown', `There is no case ${id}.`);
    demand(member, 'case.claim', { type: 'case', harm: of.harm });
    if (of.state !== 'open') throw new Problem('case-closed', 'This case has been decided.');
    const work = await cases.workOn(tx, id);
    if (work?.state !== 'bundled') throw new Problem('conflict', 'This case lies in no bundle.');
    await cases.unbundle(
      await append(house, tx, {
        kind: 'case.unbundled',
        service: of.service,
        case: id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { from: work.bundle as string, by: 'person' },
      }),
    );
  });
}

export interface BundleDecision {
  readonly case: string;
  readonly determination: 'remove' | 'label' | 'none';
  readonly clause: string | null;
  readonly reason: string;
  /** What is decided otherwise, by the id of its case. */
  readonly except: ReadonlyMap<string, 'remove' | 'label' | 'none'>;
}

/**
 * Decides a case and all that was gathered with it as one: one transaction, one reason, a determination and a statement of reasons each. Its
 * authors are told once each (`explainBundle`); whoever reported anything of it is answered as always.
 * @returns the bundle, and what was decided
 * @throws Problem `forbidden`, `same-person`, `case-unknown`, `case-closed`, `lease-expired`, `clause-unknown`, `reason-missing`, `measure-unfit`,
 * `conflict`, `second-person-needed`: what needs two is decided one by one.
 */
export async function decideBundle(
  house: House,
  member: Member,
  input: BundleDecision,
): Promise<{ readonly bundle: string; readonly decisions: readonly decisions.Decision[] }> {
  return house.db.begin('doors', async (tx) => {
    const gathered = (await cases.bundledWith(tx, input.case)).map(({ id }) => id);
    const all = await lockTogether(tx, [input.case, ...gathered]);
    const works = await cases.bundledWith(tx, input.case);
    // Between the question and the locks somebody may have brought or taken something.
    if (works.map(({ id }) => id).join() !== gathered.join())
      throw new Problem('conflict', 'The bundle has just changed. Look at it again.');
    const lead = all[0];
    if (!lead) throw new Problem('case-unknown', `There is no case ${input.case}.`);
    if (lead.state !== 'open') throw new Problem('case-closed', 'This case has been decided. An appeal is the way to another decision.');
    if ((await cases.leaseOn(tx, lead.id, house.clock.now()))?.staff !== member.id)
      throw new Problem('lease-expired', 'You do not hold this case any more. Take it again; what you wrote is kept on the page.');
    if (all.length > bulk && works.some(({ bundledBy }) => bundledBy === member.id))
      throw new Problem('same-person', `More than ${bulk} at once are decided by somebody else than who gathered them.`);
    const reason = input.reason.trim();
    const made: decisions.Decision[] = [];
    for (const of of all.filter(({ state }) => state === 'open')) {
      demand(member, 'case.decide', { type: 'case', harm: of.harm });
      const determination = input.except.get(of.id) ?? input.determination;
      demandFit({ determination }, (await subjects.item(tx, of.item))?.kind ?? '');
      const revision = (await cases.revisionsOf(tx, of.id)).at(-1) as string;
      const clause = judged(await guidelinesFor(tx, revision), { determination, clause: input.clause, reason });
      demandLane(of, clause);
      const needs = decisions.needsOf({ harm: of.harm, determination, clause });
      if (needs.length > 0)
        throw new Problem('second-person-needed', `Decide these one by one: each needs two people (${needs.join(', ')}).`);
      made.push(
        await makeDecision(house, tx, {
          case: of,
          revision,
          stage: 'final',
          determination,
          clause,
          reason,
          by: member.id,
          supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
        }),
      );
    }
    const bundle = await together(house, tx, lead, made);
    await cases.dropLease(tx, lead.id, member.id);
    return { bundle, decisions: made };
  });
}

/**
 * Takes several cases for a change: all their items first, in one order, then their rows, so that two who take several never wait for each other.
 * In the order asked for; one that does not exist is left out.
 */
export async function lockTogether(tx: Tx, ids: readonly string[]): Promise<cases.Case[]> {
  const unlocked: cases.Case[] = [];
  for (const id of new Set(ids)) {
    const of = await cases.caseOf(tx, id);
    if (of) unlocked.push(of);
  }
  await lockItems(
    tx,
    unlocked.map(({ item }) => item),
  );
  const locked = new Map<string, cases.Case>();
  for (const { id } of [...unlocked].sort((a, b) => (a.id < b.id ? -1 : 1))) locked.set(id, (await cases.lock(tx, id)) as cases.Case);
  return unlocked.map(({ id }) => locked.get(id) as cases.Case);
}
