import { type RawBuilder, sql } from 'kysely';
import type { Lanes } from '../staff/questions.ts';

/**
 * Which rows of `cases.case`, named `c` in the statement, somebody is shown: child abuse material or all others. Cases of it stand first in every
 * index that begins with `harm <> 'csam'`, so that either lane is one piece of it.
 */
export function inLanes({ csam, other }: Lanes): RawBuilder<boolean> {
  if (csam && other) return sql<boolean>`true`;
  if (!csam && !other) return sql<boolean>`false`;
  return csam ? sql<boolean>`(c.harm <> 'csam') = false` : sql<boolean>`(c.harm <> 'csam') = true`;
}
