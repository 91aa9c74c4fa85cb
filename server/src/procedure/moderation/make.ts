import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append, type Party } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import { together } from '../casework/together.ts';
import type { House } from '../house.ts';
import { clocksBy } from './decision-clocks.ts';
import { closeDone, desiredNow, enforce, measure } from './enforce.ts';
import { guidelinesFor } from './guidelines.ts';
import { historyOf } from './history.ts';

export interface Making {
  /** Its id, where something is said of it before it is made. */
  readonly id?: string;
  readonly case: cases.Case;
  readonly revision: string;
  readonly stage: 'temporary' | 'final';
  readonly determination: policy.Determination;
  readonly clause: policy.Clause | null;
  readonly reason: string;
  /** The member of staff; null where a machine decides. */
  readonly by: string | null;
  readonly supersedes: decisions.Decision | null;
  readonly appeal?: string;
  /** What is done to the author's account in consequence, and why less than the ladder has. The caller takes it (`sanction`). */
  readonly measure?: policy.AccountMeasure | null;
  readonly lessened?: string;
  /** What follows for the account, where that was weighed for several decisions as one; null: another of them carries it. */
  readonly plan?: policy.Plan | null;
  /** What else it follows from: the rule that a machine went by. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where it holds, ISO 3166-1; everywhere where it isn't said. */
  readonly territory?: string | null;
  /** When it ends by itself. */
  readonly endsAt?: Date | null;
  /** A temporary measure that has no end of its own: the restoration after a lapse. */
  readonly unending?: boolean;
}

/**
 * Makes a decision and what it sets going, in one transaction under the case's lock: the record, the measure on the platform, the clocks.
 * Every decision of the procedure, a machine's too, is made here.
 */
export async function makeDecision(house: House, tx: Tx, making: Making): Promise<decisions.Decision> {
  const { case: of, stage, determination, clause } = making;
  const now = house.clock.now();
  const id = making.id ?? house.ids.next();
  const { version } = await guidelinesFor(tx, making.revision);
  const needed = await measure(tx, of, { stage, determination, appeal: making.appeal ?? null, territory: making.territory ?? null });
  const author = (await subjects.item(tx, of.item))?.author ?? null;
  const restoring = determination === 'restore' || determination === 'none';
  const parties: Party[] = [
    ...(author === null ? [] : [{ role: 'author', party: author, purpose: 'evidence' } as const]),
    ...(making.by === null ? [] : [{ role: 'actor', party: making.by, purpose: 'staff' } as const]),
  ];
  // What takes the place of something that was decided as one with others is about the same matter as those.
  const matter = making.plan === undefined && making.supersedes ? await matterOf(tx, making.supersedes) : undefined;
  const weighed = stage === 'final' && author !== null && making.plan === undefined;
  const planned = weighed ? await planOf(tx, of, author, { decision: id, determination, clause, now, matter }) : (making.plan ?? null);
  const because = await append(house, tx, {
    kind: 'decision.made',
    service: of.service,
    case: of.id,
    parties,
    payload: {
      decision: id,
      puid: `PRS-${id}`,
      stage,
      automated: making.by === null ? 'fully' : 'not',
      target_kind: 'item',
      target: of.item,
      revision: making.revision,
      determination,
      clause: clause?.id ?? null,
      policy: version,
      ground: clause?.ground ?? null,
      reason: author === null ? null : making.reason,
      supersedes: making.supersedes?.id ?? null,
      appeal: making.appeal ?? null,
      follows: null,
      ends_at: making.endsAt?.toISOString() ?? null,
      plan: planned && { ...inBrief(planned), taken: making.measure ?? null },
      lessened: making.by === null || !making.lessened?.trim() ? null : making.lessened.trim(),
      expires_at: stage === 'temporary' && !making.unending ? policy.periodEnd(of.harm, now) : null,
      appeal_until: stage === 'final' ? policy.appealUntil(of.harm, now) : null,
      clocks: needed ? await clocksBy(tx, of, { stage, needed, restoring, now }) : [],
    },
    versions: { policy: version, ...making.versions },
  });
  await decisions.make(because);
  if (stage === 'final') {
    await cases.decide(because);
    await cases.stopClocks(because, of.id, because.payload.clocks.length > 0 ? ['determine'] : ['determine', 'protect']);
  }
  await cases.startClocks(because, of.id);
  const decision = (await decisions.decision(tx, id)) as decisions.Decision;
  const asked =
    needed && (await enforce(house, tx, decision, needed, { territory: needed === 'restore' ? null : (making.territory ?? null) }));
  // Where a measure on the author's account follows, that closes it.
  if (asked?.state !== 'ordered' && !making.measure) await closeDone(house, tx, of.item);
  if (stage === 'final' && of.state === 'open') await decideMerged(house, tx, making, decision);
  return decision;
}

/** In which bundle it was decided, or what it hides for a while. */
async function matterOf(tx: Tx, before: decisions.Decision): Promise<string | undefined> {
  const final = await decisions.hiddenBy(tx, before);
  return decisions.bundleOf(tx, (final ? await decisions.originOf(tx, final) : before).id);
}

/**
 * The first final decision of a case is made about the item of every case that was merged into it, too: the same determination and reason, a
 * statement each. They are one act: an author hears once of all that is theirs (`explainBundle`), and what an appeal overturns is overturned for
 * all that the appellant has among it.
 */
async function decideMerged(house: House, tx: Tx, making: Making, made: decisions.Decision): Promise<void> {
  const all = [made];
  for (const of of await cases.mergedInto(tx, making.case.id)) {
    const kind = (await subjects.item(tx, of.item))?.kind ?? '';
    if (!policy.determinationsFor(kind).includes(making.determination as policy.FinalDetermination))
      throw new Problem('measure-unfit', `What was merged into this case is of the kind “${kind}”, to which this cannot be done.`);
    const { id: _, measure: __, lessened: ___, ...same } = making;
    const standing = (await decisions.standingIn(tx, of.id, of.item)) ?? null;
    const revision = (await cases.revisionsOf(tx, of.id)).at(-1) as string;
    // Judged by the guidelines of its own day, as every item is.
    const clause = same.clause === null ? null : ((await guidelinesFor(tx, revision)).clauseOf(same.clause.id) ?? null);
    if (same.clause !== null && clause === null)
      throw new Problem('clause-unknown', `The guidelines of the day of case ${of.id} have no clause “${same.clause.id}”.`);
    all.push(await makeDecision(house, tx, { ...same, case: of, revision, clause, supersedes: standing }));
  }
  if (all.length > 1) await together(house, tx, making.case, all);
}

/** What would follow from a decision on this case's item, for its author's account too: the preview, and what the decision's record keeps. */
export async function planOf(
  tx: Tx,
  of: cases.Case,
  author: string,
  {
    decision,
    determination,
    clause,
    now,
    matter = of.mergedInto ?? of.id,
  }: Pick<policy.Planned, 'decision' | 'determination' | 'now'> & { clause: policy.Clause | null; matter?: string | undefined },
): Promise<policy.Plan> {
  const { violations } = await historyOf(tx, author);
  const shown = await desiredNow(tx, of.item);
  const child = subjects.isChild(await subjects.account(tx, author));
  return policy.plan({ decision, case: of.id, matter, determination, clause: clause?.id ?? null, now, shown, child }, violations);
}

function inBrief({ ladder, strikes, actions }: policy.Plan) {
  const { added, counted, total } = strikes;
  return {
    ladder,
    strike: added && { weight: added.weight, until: added.until.toISOString() },
    counted: counted.map(({ decision }) => decision),
    total,
    suggested: actions.account.suggested,
  };
}
