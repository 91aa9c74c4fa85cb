import type { Tx } from '../../foundation/db/transaction.ts';
import type { House } from '../../procedure/house.ts';
import * as staff from '../../staff/questions.ts';
import * as subjects from '../../subjects/questions.ts';
import type { Material } from '../material.ts';
import { type CaseOn, casesOn } from './cases-on.sql.ts';

/** What was replied to, by the platform's id: the newest case on it that this reader may see; those without one are left out. */
export type Parents = ReadonlyMap<string, CaseOn>;

/** The cases on what this material hangs on. A platform names it by its id alone, so each kind that it could be of is tried. */
export async function parentsOf(
  house: Pick<House, 'secret'>,
  tx: Tx,
  member: staff.Member,
  service: string,
  material: readonly Material[],
): Promise<Parents> {
  const named = new Set(material.flatMap(({ parent }) => parent ?? []));
  if (named.size === 0) return new Map();
  const own = (await subjects.ownKinds(tx)).flatMap((one) => (one.service === service ? one.kind : []));
  const found = new Map<string, CaseOn>();
  for (const parent of named) {
    const items = [...subjects.itemKinds, ...own].map((kind) => subjects.itemId(house.secret, service, kind, parent));
    const seen = (await casesOn(tx, items)).find(({ harm }) => staff.may(member, 'case.view', { type: 'case', harm }).allowed);
    if (seen) found.set(parent, seen);
  }
  return found;
}
