import * as cases from '../../cases/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';

/** What it is looked at for. Fingerprints and what is known of them are looked at first, and are often enough. */
export type Why = 'deciding the case' | 'hearing the appeal' | 'seconding the decision' | 'comparing fingerprints';

/**
 * Somebody asks to see what a case is about. The record says who, which revisions and what for, and is committed before they are shown
 * anything (invariant 9): the caller reads the material in `read`, in the same transaction.
 * @throws Problem `forbidden`, `case-unknown`.
 */
export async function revealMaterial<T>(
  house: House,
  member: Member,
  asked: { readonly case: string; readonly why: Why },
  read: (tx: Parameters<typeof lockCase>[0], revisions: readonly string[]) => Promise<T>,
): Promise<T> {
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, asked.case);
    demand(member, 'material.view', { type: 'material', harm: of.harm });
    const revisions = await cases.revisionsOf(tx, of.id);
    for (const revision of revisions) {
      await append(house, tx, {
        kind: 'material.viewed',
        service: of.service,
        case: of.id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { revision, why: asked.why, place: null },
      });
    }
    return read(tx, revisions);
  });
}
