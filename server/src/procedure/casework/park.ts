import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';
import { noted } from './hand-over.ts';
import { partiesOf, takeForWork } from './take.ts';

const day = 24 * 3_600_000;

/** When a case that is parked until then comes back: an hour before its next deadline at the latest. Null where that leaves no rest. */
export function backBy(asked: Date, dueAt: Date, now: Date): Date | null {
  const latest = new Date(dueAt.getTime() - cases.soonMs);
  const until = asked < latest ? asked : latest;
  return until > now ? until : null;
}

/**
 * Lets a case rest, with a reason and a time: it comes back by itself. Its clocks run on, so it is back an hour before the next of them is over.
 * Child sexual abuse material never rests (invariant 3).
 * @returns until when. @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `note-missing`, `park-refused`.
 */
export async function park(
  house: House,
  member: Member,
  { case: id, until, note }: { readonly case: string; readonly until: Date; readonly note: string },
): Promise<Date> {
  demand(member, 'case.park', 'case');
  const said = noted(note);
  return house.db.begin('doors', async (tx) => {
    const of = await takeForWork(house, tx, member, id);
    const work = (await cases.workOn(tx, id)) as cases.Work;
    const now = house.clock.now();
    if (of.harm === 'csam') throw new Problem('park-refused', 'Child sexual abuse material is never put off.');
    if (work.state === 'parked') throw new Problem('park-refused', 'This case is parked already.');
    if (until.getTime() > now.getTime() + 7 * day) throw new Problem('park-refused', 'A case rests for a week at most.');
    const back = backBy(until, work.dueAt, now);
    if (back === null) throw new Problem('park-refused', 'Its next deadline is too near, or past.');
    await cases.park(
      await append(house, tx, {
        kind: 'case.parked',
        service: of.service,
        case: id,
        parties: await partiesOf(tx, of, member),
        payload: { until: back.toISOString(), note: said },
      }),
    );
    await cases.dropLease(tx, id, member.id);
    return back;
  });
}

/** Somebody takes a parked case up before its time. @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `conflict`. */
export async function takeUp(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'case.park', 'case');
  await house.db.begin('doors', async (tx) => {
    const of = await takeForWork(house, tx, member, id);
    if ((await cases.workOn(tx, id))?.state !== 'parked') throw new Problem('conflict', 'This case is not parked.');
    await cases.comeBack(
      await append(house, tx, {
        kind: 'case.returned',
        service: of.service,
        case: id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { by: 'person' },
      }),
    );
  });
}

/** Cases whose time is over come back by themselves; they were in the queue from that moment, now it is on record. Returns how many. */
export async function returnRested(house: House, limit = 200): Promise<number> {
  const rested = await house.db.begin('jobs', (tx) => cases.restedBy(tx, house.clock.now(), limit));
  for (const id of rested) {
    await house.db.begin('jobs', async (tx) => {
      const of = await lockCase(tx, id);
      const work = await cases.workOn(tx, id);
      if (work?.state !== 'parked' || (work.parkedUntil as Date) > house.clock.now()) return;
      await cases.comeBack(await append(house, tx, { kind: 'case.returned', service: of.service, case: id, payload: { by: 'time' } }));
    });
  }
  return rested.length;
}

/**
 * Something made a case heavier than it was: parked, it rests no longer; and child abuse material lies in no bundle (invariant 3). The caller holds the
 * case's lock.
 */
export async function wake(house: House, tx: Tx, of: cases.Case, before: cases.Work): Promise<void> {
  const work = await cases.workOn(tx, of.id);
  if (!work || work.rank >= before.rank) return;
  if (work.state === 'bundled' && of.harm === 'csam')
    await cases.unbundle(
      await append(house, tx, {
        kind: 'case.unbundled',
        service: of.service,
        case: of.id,
        payload: { from: work.bundle as string, by: 'worse' },
      }),
    );
  if (work.state !== 'parked') return;
  await cases.comeBack(await append(house, tx, { kind: 'case.returned', service: of.service, case: of.id, payload: { by: 'worse' } }));
}
