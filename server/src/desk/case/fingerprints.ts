import { caseOf } from '../../cases/index.ts';
import { revealMaterial } from '../../procedure/moderation/index.ts';
import { type Material, materialOf } from '../../views/material.ts';
import type { Visit } from '../frame.ts';

/**
 * Of a case of child abuse material, what it is known by, before anything is looked at; undefined of every other. That somebody read it is on
 * record like any look. @throws Problem `forbidden` for who may not see the case
 */
export async function fingerprintsOf({ house, member }: Visit, id: string): Promise<readonly Material[] | undefined> {
  const of = await house.db.begin('doors', (tx) => caseOf(tx, id));
  if (of?.harm !== 'csam') return undefined;
  return revealMaterial(house, member, { case: id, why: 'comparing fingerprints' }, (tx, revisions) =>
    // Nothing of it is opened for that.
    materialOf({ keys: house.keys }, tx, revisions),
  );
}
