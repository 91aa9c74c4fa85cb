import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';
import { noted } from './hand-over.ts';
import { partiesOf } from './take.ts';

/**
 * Writes a note that colleagues read and nobody outside ever does; on a decided case, too, for whoever hears the appeal.
 * @throws Problem `forbidden`, `case-unknown`, `note-missing`.
 */
export async function note(house: House, member: Member, input: { readonly case: string; readonly note: string }): Promise<void> {
  demand(member, 'case.note', 'case');
  const said = noted(input.note);
  await house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, input.case);
    demand(member, 'case.view', { type: 'case', harm: of.harm });
    await append(house, tx, {
      kind: 'case.noted',
      service: of.service,
      case: of.id,
      parties: await partiesOf(tx, of, member),
      payload: { note: said },
    });
  });
}
