import * as cases from '../../cases/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { partiesOf, takeForWork } from './take.ts';

export interface HandOver {
  readonly case: string;
  /** A desk, or somebody of the staff. */
  readonly to: { readonly desk: string } | { readonly member: string };
  readonly note: string;
}

/**
 * Hands a case to a desk or to a person, with a word why. It lies there from this moment, for nobody else until its deadline is near; whoever
 * held it holds it no more. A case that was raised is lowered by it, so only somebody who takes raised cases hands one over.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `desk-unknown`, `staff-unknown`, `note-missing`.
 */
export async function handOver(house: House, member: Member, { case: id, to, note }: HandOver): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  const said = noted(note);
  await house.db.begin('doors', async (tx) => {
    const of = await takeForWork(house, tx, member, id);
    if ((await cases.workOn(tx, id))?.raised) demand(member, 'case.take-raised', 'case');
    if ('desk' in to && !cases.deskNamed(to.desk)) throw new Problem('desk-unknown', `There is no desk “${to.desk}”.`);
    const receiver = 'member' in to ? await staff.member(tx, to.member) : null;
    if (receiver === undefined || (receiver && !staff.may(receiver, 'case.decide', { type: 'case', harm: of.harm }).allowed))
      throw new Problem('staff-unknown', 'Nobody of that name decides cases.');
    await cases.handOver(
      await append(house, tx, {
        kind: 'case.handed-over',
        service: of.service,
        case: id,
        parties: [
          ...(await partiesOf(tx, of, member)),
          ...(receiver ? [{ role: 'assignee', party: receiver.id, purpose: 'staff' } as const] : []),
        ],
        payload: { desk: 'desk' in to ? to.desk : null, to: receiver ? 'person' : 'desk', note: said },
      }),
    );
    await cases.dropLease(tx, id, member.id);
  });
}

/**
 * Raises a case to a senior moderator, who alone may take it from then on.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `note-missing`, `staff-unknown` where there is no senior.
 */
export async function raise(
  house: House,
  member: Member,
  { case: id, note }: { readonly case: string; readonly note: string },
): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  const said = noted(note);
  await house.db.begin('doors', async (tx) => {
    const of = await takeForWork(house, tx, member, id);
    const roster = (await staff.roster(tx)).filter(({ disabled, name }) => !disabled && name !== null);
    const seniors = roster.filter((one) => mayTake({ ...one, name: one.name ?? '' }, of.harm));
    if (!seniors.some((one) => one.id !== member.id)) throw new Problem('staff-unknown', 'There is nobody else who takes raised cases.');
    await cases.raise(
      await append(house, tx, {
        kind: 'case.raised',
        service: of.service,
        case: id,
        parties: await partiesOf(tx, of, member),
        payload: { note: said },
      }),
    );
    await cases.dropLease(tx, id, member.id);
  });
}

/** May this person take a raised case of that harm? */
function mayTake(member: Member, harm: string): boolean {
  return staff.may(member, 'case.take-raised', 'case').allowed && staff.may(member, 'case.claim', { type: 'case', harm }).allowed;
}

/** What somebody writes to a colleague. @throws Problem `note-missing`. */
export function noted(note: string): string {
  const said = note.trim();
  if (said.length < 3) throw new Problem('note-missing', 'Write in a sentence what the next person has to know.');
  return said;
}
