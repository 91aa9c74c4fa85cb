import type { AccountFeatures, Screened } from '@perisai/screening';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as screening from '../../screening/index.ts';
import type { House } from '../house.ts';
import { fetchAhead } from '../media/ahead.ts';
import { brakeRule } from '../rules/move.ts';
import { giveVerdict, type Raised } from './give-verdict.ts';
import { lockItems } from './lock.ts';
import { checkMedia, isMissing, knownBy } from './media.ts';
import { isOurs, kindOf } from './own-kind.ts';
import { type ItemInput, namedNow, noteAccounts, type Sighting, sealedOf, sight, snapshot } from './snapshot.ts';

export interface Verdict {
  readonly screened: Screened;
  /** Where something was raised. */
  readonly raised: Raised | null;
  /** Whether a file that was handed in by its address was not here when the verdict was given. */
  readonly incomplete: boolean;
}

/**
 * Answers at once what may be done with content. What raises nothing is not stored, only counted; what raises something opens a case, and
 * suspected priority content is hidden in the same transaction. Screening the same revision again gives the first answer again. A file that is
 * handed in by its address is fetched first; what does not come in time is screened when it is there.
 * @param known.waits whether the platform waits for files; in a batch it doesn't
 * @throws Problem `surface-unknown`, `item-conflict`, `field-missing`, `field-unknown`, `field-wrong`.
 */
export async function screen(
  house: House,
  service: string,
  handedIn: ItemInput,
  known: { readonly account?: AccountFeatures; readonly recipients?: number; readonly waits?: boolean } = {},
): Promise<Verdict> {
  checkMedia(handedIn.media);
  const surface = await house.surfaces.of(service, handedIn.surface);
  if (!surface) throw new Problem('surface-unknown', `The service ${service} has no surface “${handedIn.surface}”.`);
  const { kind, texts } =
    isOurs(handedIn.kind) && handedIn.fields === undefined
      ? { kind: handedIn.kind, texts: [] }
      : await house.db.begin('doors', (tx) => kindOf(tx, service, handedIn));
  const ahead = surface.screening && known.waits !== false && handedIn.media !== undefined;
  const input = ahead ? { ...handedIn, media: await fetchAhead(house, service, handedIn.media) } : handedIn;
  // Where an advertisement leads is said as much as its words, and so is what fields say to people.
  const said = [input.text, input.ad?.landing_url, ...texts].filter((part) => part !== undefined).join('\n');
  const screened = house.engine.screen({
    ...(said === '' ? {} : { text: said }),
    hashes: knownBy(input),
    surface: { private: surface.private, screening: surface.screening },
    item: {
      kind,
      surface: input.surface,
      media: input.media?.length ?? 0,
      ...(known.recipients === undefined ? {} : { recipients: known.recipients }),
    },
    ...(known.account ? { account: known.account } : {}),
  });
  const incomplete = (input.media ?? []).some(isMissing);
  if (surface.screening) await countHits(house, service, input, screened);
  if (screened.verdict === 'allow' || screened.harm === null || screened.clause === null) {
    house.counter.allowed(service, input.surface, screened.language);
    if (surface.screening && incomplete)
      await house.db.begin('doors', async (tx) => seal(house, tx, await sight(house, tx, service, input)));
    return { screened, raised: null, incomplete };
  }
  return house.db.begin('doors', async (tx) => ({
    screened,
    raised: await raise(house, tx, await sight(house, tx, service, input), screened),
    incomplete,
  }));
}

/** Seals what is said; the item is locked from here on. Where a file is still to come, nobody knows yet that it raises nothing. */
async function seal(house: House, tx: Tx, sighting: Sighting): Promise<void> {
  const author = await namedNow(house, tx, sighting.service, [sighting.input.author]);
  await noteAccounts(house, tx, sighting.service, author, [{ role: 'author', party: sighting.author, purpose: 'evidence' }]);
  const sealed = await lockItems(tx, [sighting.item], () => sealedOf(tx, sighting));
  await snapshot(house, tx, sighting, 'platform', sealed);
}

/** Counts what rules hit, and stops a young one that hits too much: what it says of this item still holds, of the next no more. */
async function countHits(house: House, service: string, { kind, surface, id, url }: ItemInput, screened: Screened): Promise<void> {
  for (const hit of house.ruleCounter.saw(screened, { service, kind, surface, item: id, url: url ?? null })) {
    const liveSince = house.ruleFeed.liveSince(hit.rule, hit.version);
    if (liveSince && screening.runsAway({ liveSince, now: house.clock.now(), hits: hit.hits, screened: hit.screened }))
      await brakeRule(house, { slug: hit.rule, version: hit.version, hits: hit.hits, screened: hit.screened });
  }
}

async function raise(house: House, tx: Tx, sighting: Awaited<ReturnType<typeof sight>>, screened: Screened): Promise<Raised> {
  const { input } = sighting;
  await seal(house, tx, sighting);
  const before = await screening.verdictOn(tx, sighting.revision);
  if (before) return again(tx, sighting, before);
  return giveVerdict(house, tx, sighting, screened, languageOf(screened, input));
}

/** The same revision once more: a retry of the platform. It gets what stands now. */
async function again(tx: Tx, { item }: Sighting, before: { screening: string; case: string }): Promise<Raised> {
  const standing = (await decisions.standing(tx, item)) ?? null;
  const newest = await enforcement.newestAction(tx, item);
  return { screening: before.screening, case: before.case, decision: standing, targetSeq: newest?.targetSeq ?? null };
}

function languageOf(screened: Screened, input: ItemInput): Language {
  if (screened.language !== 'mixed' && screened.language !== 'unknown') return screened.language;
  return input.author.language ?? 'ms';
}
