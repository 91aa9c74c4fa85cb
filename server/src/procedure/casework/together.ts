import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Says that these decisions were made as one. The caller holds the lock of the case in whose life it is told. */
export async function together(house: House, tx: Tx, of: cases.Case, made: readonly decisions.Decision[]): Promise<string> {
  const bundle = house.ids.next();
  await decisions.bundle(
    await append(house, tx, {
      kind: 'bundle.decided',
      service: of.service,
      case: of.id,
      payload: { bundle, decisions: made.map(({ id }) => id) },
    }),
  );
  return bundle;
}
