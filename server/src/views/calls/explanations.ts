import type { Tx } from '../../foundation/db/transaction.ts';
import type { House } from '../../procedure/house.ts';
import { type Payload, reveal } from '../../records/questions.ts';
import type { BreachRow } from '../clocks.sql.ts';

/** What people said of these breaches, by the record that holds it; null in both where its writer was erased. */
export async function explanationsOf(
  house: House,
  tx: Tx,
  breaches: readonly BreachRow[],
): Promise<ReadonlyMap<string, Pick<Payload<'clock.explained'>, 'happened' | 'remedy'>>> {
  const said = new Map<string, Pick<Payload<'clock.explained'>, 'happened' | 'remedy'>>();
  for (const { explanation } of breaches) {
    const told = explanation === null ? null : await reveal(house, tx, 'clock.explained', explanation);
    if (explanation !== null && told !== null) said.set(explanation, told);
  }
  return said;
}
