import type { Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as screening from '../../screening/index.ts';
import type { House } from '../house.ts';
import { giveVerdict } from './give-verdict.ts';
import { knownBy } from './media.ts';
import type { Seen } from './open.ts';

/**
 * Files of a sealed revision, and parts of a live session, are looked up in the banks of hashes: those of a report when it is received, a file that came late when it is there.
 * A match has the same verdict that it would have had before publishing, and hides as fast; a harm that the newest verdict on this revision
 * found already is not found twice. The caller holds the item's lock.
 */
export async function raiseByHash(
  house: House,
  tx: Tx,
  seen: Seen,
  found: Parameters<typeof knownBy>[0],
  language: Language,
): Promise<void> {
  const hashes = knownBy(found).filter((known) => Object.keys(known).length > 0);
  const screened = house.engine.screen({ hashes, surface: { private: seen.surface.private, screening: seen.surface.screening } });
  if (screened.verdict === 'allow' || !screened.signals[0]?.detector.startsWith('bank:')) return;
  if ((await screening.verdictOn(tx, seen.revision))?.harm === screened.harm) return;
  await giveVerdict(house, tx, seen, screened, language);
}
