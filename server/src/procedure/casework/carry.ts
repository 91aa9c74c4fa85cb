import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append, type Payload } from '../../records/index.ts';
import type { House } from '../house.ts';
import { urgency } from './weigh.ts';

type Combined = Payload<'case.combined'>;

/**
 * Says anew what a case comes to with all that is merged into it: the worst harm of them, of each clock the earliest deadline, the most pressing
 * place in the queue. With nothing merged into it any more it is what it was by itself. The caller holds the locks of all of them.
 * @returns the case as it is then
 */
export async function carry(house: House, tx: Tx, lead: cases.Case): Promise<cases.Case> {
  const members = await cases.mergedInto(tx, lead.id);
  const own = (await cases.workOn(tx, lead.id)) as cases.Work;
  const reported = (await intake.reportsOf(tx, lead.id)).map(({ harm }) => harm);
  const harm = [...reported, ...members.map((one) => one.harm)].reduce(
    (worst, one) => (urgency(one) < urgency(worst) ? one : worst),
    own.harm,
  );
  const works: cases.Work[] = [];
  const running: cases.Clock[] = [];
  for (const { id } of members) {
    works.push((await cases.workOn(tx, id)) as cases.Work);
    running.push(...(await runningOf(tx, id)));
  }
  const clocks: Combined['clocks'] = [];
  for (const { clock, dueAt } of await cases.ownDeadlines(tx, lead.id)) {
    const theirs = running.filter((one) => one.clock === clock).map((one) => one.dueAt.toISOString());
    clocks.push({ clock, due_at: [dueAt.toISOString(), ...theirs].sort()[0] as string });
  }
  await cases.combine(
    await append(house, tx, {
      kind: 'case.combined',
      service: lead.service,
      case: lead.id,
      payload: {
        with: members.map(({ id }) => id),
        harm,
        priority: policy.harmEntry(harm).priority,
        clocks,
        rank: works.length === 0 ? null : Math.min(...works.map(({ rank }) => rank)),
        due_at: running.map(({ dueAt }) => dueAt.toISOString()).sort()[0] ?? null,
      },
    }),
  );
  return (await cases.lock(tx, lead.id)) as cases.Case;
}

/**
 * Something joined a case that others were merged with: what carries it takes along what became worse, and child abuse material, on either side, leaves
 * by itself (invariant 3). The caller holds the locks of all of them.
 * @returns where the matter stands then: in this case, or in the one that it is merged into
 */
export async function keepTogether(house: House, tx: Tx, id: string): Promise<string> {
  const [found, under] = await Promise.all([cases.caseOf(tx, id), cases.mergedInto(tx, id)]);
  const of = found as cases.Case;
  const lead = of.mergedInto === null ? of : ((await cases.lock(tx, of.mergedInto)) as cases.Case);
  const members = of.mergedInto === null ? under : [of];
  let changed = false;
  for (const one of members) {
    if ((one.harm === 'csam') === (lead.harm === 'csam')) continue;
    await part(house, tx, one, 'worse');
    changed = true;
  }
  if (!changed && of.mergedInto !== null) {
    const [ofWork, leadWork] = [(await cases.workOn(tx, id)) as cases.Work, (await cases.workOn(tx, lead.id)) as cases.Work];
    changed = ofWork.rank < leadWork.rank || urgency(of.harm) < urgency(lead.harm) || (await endsSooner(tx, of, lead, leadWork));
  }
  if (changed) await carry(house, tx, lead);
  return (changed ? await cases.caseOf(tx, id) : of)?.mergedInto ?? id;
}

/** Whether something that is promised about a merged case ends before what carries it has to be done: it was told of earlier than it came. */
async function endsSooner(tx: Tx, of: cases.Case, lead: cases.Case, work: cases.Work): Promise<boolean> {
  const [theirs, carried] = [await runningOf(tx, of.id), await runningOf(tx, lead.id)];
  return theirs.some(({ clock, dueAt }) => dueAt < work.dueAt || carried.some((one) => one.clock === clock && dueAt < one.dueAt));
}

/**
 * The regulator speaks of one item alone (Act 866 ss.25, 27): its case is decided by itself, and what was merged with it, either way, is a case of
 * its own again. The caller holds the locks of all of them.
 * @returns the case as it is then
 */
export async function standAlone(house: House, tx: Tx, of: cases.Case): Promise<cases.Case> {
  const lead = of.mergedInto === null ? of : ((await cases.lock(tx, of.mergedInto)) as cases.Case);
  // What was decided as one stays decided.
  if (lead.state !== 'open') return of;
  const members = of.mergedInto === null ? await cases.mergedInto(tx, of.id) : [of];
  for (const one of members) await part(house, tx, one, 'instruction');
  if (members.length > 0) await carry(house, tx, lead);
  return (await cases.lock(tx, of.id)) as cases.Case;
}

/** It leaves the case that it was merged into, which the caller weighs anew. */
async function part(house: House, tx: Tx, of: cases.Case, by: Payload<'case.unmerged'>['by']): Promise<void> {
  await cases.lock(tx, of.id);
  await cases.unmerge(
    await append(house, tx, {
      kind: 'case.unmerged',
      service: of.service,
      case: of.id,
      payload: { from: of.mergedInto as string, by },
    }),
  );
}

async function runningOf(tx: Tx, id: string): Promise<cases.Clock[]> {
  const all = await cases.clocksOf(tx, id);
  return all.filter(
    ({ subject, clock, stoppedAt }) => subject === id && stoppedAt === null && (clock === 'protect' || clock === 'determine'),
  );
}
