import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { keepTogether } from '../casework/carry.ts';
import type { House } from '../house.ts';
import { tellAlreadyDecided } from './explain.ts';
import { guidelinesFor } from './guidelines.ts';
import { lockItems } from './lock.ts';
import { openOrJoin } from './open.ts';
import { raiseByHash } from './raise-by-hash.ts';
import { noteFlood, type Received, type ReportInput, record, toldAt } from './record-report.ts';
import { harmReported, reporterOf } from './reporter.ts';
import { namedNow, noteAccounts, type Sighting, sealedOf, sight, snapshot } from './snapshot.ts';
import { withhold } from './withhold.ts';

/**
 * Receives a report: what was seen is sealed, a case has it, its clocks run from when the platform received it, its reporter will be answered.
 * Durable when the transaction commits. Suspected priority content is hidden in the same transaction (Act 866 s.22).
 * @throws Problem `surface-unknown`, `item-conflict`, `time-in-future`, `field-missing`, `field-unknown`, `field-wrong`.
 */
export async function receive(house: House, tx: Tx, service: string, input: ReportInput): Promise<Received> {
  const harm = harmReported(input);
  const from = toldAt(house, input);
  const people = 'account' in input.reporter ? [input.item.author, input.reporter.account] : [input.item.author];
  const [sighting, reporter, named] = await Promise.all([
    sight(house, tx, service, input.item),
    reporterOf(house, tx, service, input.reporter),
    namedNow(house, tx, service, people),
  ]);
  await noteAccounts(house, tx, service, named, [
    { role: 'author', party: sighting.author, purpose: 'evidence' },
    { role: 'reporter', party: reporter.party, purpose: 'report' },
  ]);
  const [sealed, running, standing, binding] = await lockItems(tx, [sighting.item], () =>
    Promise.all([
      sealedOf(tx, sighting),
      cases.openCaseOn(tx, sighting.item),
      decidedOn(tx, sighting),
      policy.inForce(tx, house.clock.now()),
    ]),
  );
  const complete = await snapshot(house, tx, sighting, input.attested, sealed);
  const decided = running ? null : standing;
  const language = input.item.author.language ?? input.language;
  const {
    case: of,
    joined,
    alone,
  } = decided
    ? { case: (await cases.lock(tx, decided.case)) as cases.Case, joined: true, alone: true }
    : await openOrJoin(house, tx, sighting, running, {
        harm,
        language,
        by: 'report',
        from,
        severity: input.reason === undefined ? null : (policy.reasonOf(input.reason)?.severity ?? null),
        binding,
      });

  const { arrivals, ...received } = await record(house, tx, sighting, of, input, { harm, from, reporter, joined, complete, binding });
  if (decided) await tellAlreadyDecided(house, tx, received.report, decided);
  else {
    await noteFlood(house, tx, of, arrivals);
    await raiseByHash(house, tx, sighting, input.item, language);
  }
  if (!decided && policy.harmEntry(harm).priority) {
    const meant = input.reason === undefined ? undefined : policy.reasonOf(input.reason)?.clause;
    const clause = (await guidelinesFor(tx, sighting.revision)).clauseFor(harm, meant);
    await withhold(house, tx, of, sighting.revision, clause, null, '');
  }
  const standsIn = alone ? (of.mergedInto ?? of.id) : await keepTogether(house, tx, of.id);
  return { ...received, case: standsIn };
}

/**
 * The final decision that stands on this very revision, where no case is open; a report on it gets that outcome as its answer, and is no new measure.
 * One whose time is over answers nobody any more: what it was about is there again.
 */
async function decidedOn(tx: Tx, { item, revision }: Sighting): Promise<decisions.Decision | null> {
  const standing = await decisions.standing(tx, item);
  return standing?.stage === 'final' && standing.state !== 'ended' && standing.revision === revision ? standing : null;
}
