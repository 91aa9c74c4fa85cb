import { Problem } from '../../foundation/http/problems.ts';
import { append, type ExportRequest } from '../../records/index.ts';
import { asOfNow, demand, lockRoster, type Member, roster, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';

/** What leaves the house, at whose hands and why. */
export interface Leaving extends Pick<ExportRequest, 'case' | 'from' | 'to' | 'openings'> {
  /** Needed where texts and media leave with it. */
  readonly by: Pick<Member, 'id'> | null;
  readonly reason: string;
}

/**
 * Puts an export on record before a byte of it is written: what was sealed of people leaves the house at somebody's hands and for a reason, or
 * not at all (invariant 9). Records and proofs alone hold nothing of anybody; who takes those need not say who they are.
 * @throws Problem `reason-missing`, `forbidden` for who is not on the staff any more, or may not answer for openings, `log-refuses`.
 */
export async function noteExport(house: House, { by, reason, openings = false, case: of, from, to }: Leaving): Promise<void> {
  const why = reason.trim();
  if (openings && by === null) throw new Problem('forbidden', 'Somebody of the staff has to answer for it.');
  if (openings && why === '') throw new Problem('reason-missing', 'Say why texts and media of people leave the house.');
  await house.db.begin('doors', async (tx) => {
    if (by !== null) {
      await lockRoster(tx);
      const member = asOfNow(await roster(tx), by);
      if (openings) demand(member, 'export.open', 'export');
    }
    await append(house, tx, {
      kind: 'export.made',
      service: wholeProvider,
      parties: by === null ? [] : [{ role: 'actor', party: by.id, purpose: 'staff' }],
      payload: { openings, case: of ?? null, from: from ?? null, to: to ?? null, reason: by === null || why === '' ? null : why },
    });
  });
}
