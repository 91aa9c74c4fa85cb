import type { Screened } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { keepTogether } from '../casework/carry.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from './guidelines.ts';
import { openOrJoin, type Seen } from './open.ts';
import { withhold } from './withhold.ts';

/** The screening, its case, and the decision that hides the item, with the number of its action. */
export interface Raised {
  readonly screening: string;
  readonly case: string;
  readonly decision: Decision | null;
  readonly targetSeq: number | null;
}

/**
 * Something was found in a revision that lies sealed: its case is opened or joined, the verdict is on record, and what is withheld or blocked
 * is hidden in the same transaction. The caller holds the item's lock.
 */
export async function giveVerdict(house: House, tx: Tx, seen: Seen, screened: Screened, language: Language): Promise<Raised> {
  const { service, item, revision } = seen;
  const harm = screened.harm as NonNullable<Screened['harm']>;
  const guidelines = await guidelinesFor(tx, revision);
  const clause = guidelines.clauseFor(harm, screened.clause as string);
  const { case: of } = await openOrJoin(house, tx, seen, await cases.openCaseOn(tx, item), {
    harm,
    language,
    by: 'verdict',
    from: house.clock.now(),
    severity: policy.severityOfClause(clause.id),
    binding: await policy.inForce(tx, house.clock.now()),
  });
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'verdict.given',
    service,
    case: of.id,
    payload: {
      screening: id,
      item,
      revision,
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
  const decision = hides ? await withhold(house, tx, of, revision, clause, null, '', ruleOf(screened)) : null;
  await keepTogether(house, tx, of.id);
  const action = decision && (await enforcement.actionsOf(tx, decision.id))[0];
  return { screening: id, case: of.id, decision, targetSeq: action?.targetSeq ?? null };
}

/** The rule that the verdict is of, with its version; nothing where a detector found it. */
function ruleOf({ signals: [first] }: Screened): Record<string, string> {
  return first?.detector.startsWith('rule:') ? { [first.detector]: first.version } : {};
}
