import type { AccountFeatures, Screened } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { keepTogether } from '../casework/carry.ts';
import type { House } from '../house.ts';
import { brakeRule } from '../rules/move.ts';
import { guidelinesFor } from './guidelines.ts';
import { lockItems } from './lock.ts';
import { hashesOf } from './media.ts';
import { openOrJoin } from './open.ts';
import { type ItemInput, noteAccounts, type Sighting, sight, snapshot } from './snapshot.ts';
import { withhold } from './withhold.ts';

export interface Verdict {
  readonly screened: Screened;
  /** Where something was raised: the screening, its case, and the decision that hides the item, with the number of its action. */
  readonly raised: {
    readonly screening: string;
    readonly case: string;
    readonly decision: Decision | null;
    readonly targetSeq: number | null;
  } | null;
}

/**
 * Answers at once what may be done with content. What raises nothing is not stored, only counted; what raises something opens a case, and
 * suspected priority content is hidden in the same transaction. Screening the same revision again gives the first answer again.
 * @throws Problem `surface-unknown`, `item-conflict`.
 */
export async function screen(
  house: House,
  service: string,
  input: ItemInput,
  known: { readonly account?: AccountFeatures; readonly recipients?: number } = {},
): Promise<Verdict> {
  const surface = await house.surfaces.of(service, input.surface);
  if (!surface) throw new Problem('surface-unknown', `The service ${service} has no surface “${input.surface}”.`);
  // Where an advertisement leads is said as much as its words.
  const said = [input.text, input.ad?.landing_url].filter((part) => part !== undefined).join('\n');
  const screened = house.engine.screen({
    ...(said === '' ? {} : { text: said }),
    hashes: (input.media ?? []).map(hashesOf),
    surface: { private: surface.private, screening: surface.screening },
    item: {
      kind: input.kind,
      surface: input.surface,
      media: input.media?.length ?? 0,
      ...(known.recipients === undefined ? {} : { recipients: known.recipients }),
    },
    ...(known.account ? { account: known.account } : {}),
  });
  if (surface.screening) await countHits(house, service, input, screened);
  if (screened.verdict === 'allow' || screened.harm === null || screened.clause === null) {
    house.counter.allowed(service, input.surface, screened.language);
    return { screened, raised: null };
  }
  return house.db.begin('doors', async (tx) => ({
    screened,
    raised: await raise(house, tx, await sight(house, tx, service, input), screened),
  }));
}

/** Counts what rules hit, and stops a young one that hits too much: what it says of this item still holds, of the next no more. */
async function countHits(house: House, service: string, { kind, surface, id, url }: ItemInput, screened: Screened): Promise<void> {
  for (const hit of house.ruleCounter.saw(screened, { service, kind, surface, item: id, url: url ?? null })) {
    const liveSince = house.ruleFeed.liveSince(hit.rule, hit.version);
    if (liveSince && screening.runsAway({ liveSince, now: house.clock.now(), hits: hit.hits, screened: hit.screened }))
      await brakeRule(house, { slug: hit.rule, version: hit.version, hits: hit.hits, screened: hit.screened });
  }
}

async function raise(house: House, tx: Tx, sighting: Awaited<ReturnType<typeof sight>>, screened: Screened): Promise<Verdict['raised']> {
  const { service, input } = sighting;
  const harm = screened.harm as NonNullable<Screened['harm']>;
  await noteAccounts(house, tx, service, [input.author], [{ role: 'author', party: sighting.author, purpose: 'evidence' }]);
  await lockItems(tx, [sighting.item]);
  const before = await screening.verdictOn(tx, sighting.revision);
  if (before) return again(tx, sighting, before);
  await snapshot(house, tx, sighting, 'platform');
  const guidelines = await guidelinesFor(tx, sighting.revision);
  const clause = guidelines.clauseFor(harm, screened.clause as string);
  const running = await cases.openCaseOn(tx, sighting.item);
  const { case: of } = await openOrJoin(house, tx, sighting, running, {
    harm,
    language: languageOf(screened, input),
    by: 'verdict',
    severity: policy.severityOfClause(clause.id),
  });
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'verdict.given',
    service,
    case: of.id,
    payload: {
      screening: id,
      item: sighting.item,
      revision: sighting.revision,
      verdict: screened.verdict as 'review',
      harm,
      clause: clause.id,
      language: screened.language,
      signals: screened.signals
        .slice(0, 20)
        .map(({ detector, version, harm, clause, level, score }) => ({ detector, version, harm, clause, level, score })),
    },
    versions: { ...screened.versions, policy: guidelines.version },
  });
  await screening.give(because);
  const hides = screened.verdict === 'withhold' || screened.verdict === 'block';
  const decision = hides ? await withhold(house, tx, of, sighting.revision, clause, null, '', ruleOf(screened)) : null;
  await keepTogether(house, tx, of.id);
  const action = decision && (await enforcement.actionsOf(tx, decision.id))[0];
  return { screening: id, case: of.id, decision, targetSeq: action?.targetSeq ?? null };
}

/** The rule that the verdict is of, with its version; nothing where a detector found it. */
function ruleOf({ signals: [first] }: Screened): Record<string, string> {
  return first?.detector.startsWith('rule:') ? { [first.detector]: first.version } : {};
}

/** The same revision once more: a retry of the platform. It gets what stands now. */
async function again(tx: Tx, { item }: Sighting, before: { screening: string; case: string }): Promise<Verdict['raised']> {
  const standing = (await decisions.standing(tx, item)) ?? null;
  const newest = await enforcement.newestAction(tx, item);
  return { screening: before.screening, case: before.case, decision: standing, targetSeq: newest?.targetSeq ?? null };
}

function languageOf(screened: Screened, input: ItemInput): Language {
  if (screened.language !== 'mixed' && screened.language !== 'unknown') return screened.language;
  return input.author.language ?? 'ms';
}
