import * as cases from '../cases/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import type { House } from '../procedure/house.ts';
import { type Material, materialOf } from './material.ts';
import type { BundleMember } from './similar.ts';

/** So many files are opened for one page; the rest stand on the page of their own case. */
const most = 100;

/** What each case of a bundle showed when it was sealed last, by case: of those that have files and keep nothing from eyes that did not ask. */
export async function bundleFiles(house: House, tx: Tx, members: readonly BundleMember[]): Promise<ReadonlyMap<string, Material>> {
  const found = new Map<string, Material>();
  let opened = 0;
  for (const { id, files, guarded } of members) {
    if (guarded || files === 0 || opened + files > most) continue;
    opened += files;
    const newest = (await cases.revisionsOf(tx, id)).at(-1);
    const [material] = newest === undefined ? [] : await materialOf(house, tx, [newest]);
    if (material) found.set(id, material);
  }
  return found;
}
