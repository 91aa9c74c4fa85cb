import type { Tx } from '../../foundation/db/transaction.ts';
import type * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';

/** Which law applies where a case plays. Of a surface that nobody describes any more the stricter is taken. */
export async function profileOf(
  tx: Tx,
  { service, surface }: { readonly service: string; readonly surface: string },
): Promise<policy.SurfaceProfile> {
  return (await subjects.surface(tx, service, surface))?.private ?? 'grey';
}
