import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as instructions from '../../instructions/index.ts';
import * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import type { House } from '../house.ts';
import { makeDecision } from './make.ts';

/**
 * What was hidden while a second person was awaited is as it was decided before: nobody agreed to change it, or not in its period. Nothing where
 * nothing was hidden. @param by null: its period is over
 * @param took what the case was taken up for: the proposal
 */
export async function asBefore(
  house: House,
  tx: Tx,
  of: cases.Case,
  about: decisions.Standing,
  { by, took }: { readonly by: string | null; readonly took: string },
): Promise<void> {
  const { standing, tip } = about;
  if (tip.stage !== 'temporary' || standing.stage !== 'final') return;
  const told = await reveal(house, tx, 'decision.made', standing.record);
  const over = standing.endsAt !== null && standing.endsAt <= house.clock.now();
  const clause = standing.clause === null ? null : ((await policy.named(tx, standing.policy))?.clauseOf(standing.clause) ?? null);
  await makeDecision(house, tx, {
    case: of,
    revision: standing.revision as string,
    stage: 'final',
    // Of limited length, it may have ended meanwhile.
    determination: over ? 'none' : (standing.determination as policy.FinalDetermination),
    territory: over ? null : await whereOf(tx, standing),
    endsAt: over ? null : standing.endsAt,
    clause: over ? null : clause,
    reason: told?.reason ?? '',
    by,
    supersedes: tip,
    appeal: took,
  });
}

/**
 * A period has run out, and the content is shown again: as it was decided before, where it was hidden for a second look; else without any decision
 * about it. The caller holds the case's lock.
 */
export async function showAgain(house: House, tx: Tx, of: cases.Case, over: decisions.Decision): Promise<void> {
  const before = await decisions.hiddenBy(tx, over);
  if (before) return asBefore(house, tx, of, { standing: before, tip: over, still: true }, { by: null, took: over.id });
  await makeDecision(house, tx, {
    case: of,
    revision: over.revision as string,
    stage: 'temporary',
    determination: 'restore',
    clause: null,
    reason: '',
    by: null,
    supersedes: over,
    unending: true,
  });
}

/** Only the regulator's own word undoes it (Act 866 s.28). @throws Problem `decision-not-open`. */
export async function demandOurs(tx: Tx, { id }: decisions.Decision): Promise<void> {
  if (await instructions.instructionOf(tx, id))
    throw new Problem('decision-not-open', 'The regulator has instructed this: nobody else takes it back.');
}

interface Instead {
  readonly determination: policy.FinalDetermination;
  readonly clause: string | null;
  readonly territory: string | null;
  readonly endsAt: Date | null;
}

/**
 * Right in part is between what stands and all that was asked for. For an author: something milder than what stands, or the same under
 * another clause, in fewer places or for less time. For a reporter: something graver, short of removing. @throws Problem `decision-not-open`.
 */
export async function demandPart(tx: Tx, side: 'author' | 'reporter', standing: decisions.Decision, instead: Instead): Promise<void> {
  const gravest: readonly string[] = policy.finalDeterminations;
  const [now, then] = [gravest.indexOf(standing.determination), gravest.indexOf(instead.determination)];
  const everywhere = (await whereOf(tx, standing)) === null;
  const shorter = instead.endsAt !== null && (standing.endsAt === null || instead.endsAt < standing.endsAt);
  const lighter = instead.clause !== standing.clause || (everywhere && instead.territory !== null) || shorter;
  const author = instead.determination !== 'none' && (then > now || (then === now && lighter));
  const reporter = instead.determination !== 'remove' && then < now;
  if (!(side === 'author' ? author : reporter))
    throw new Problem(
      'decision-not-open',
      'In part means: for the author something milder, or the same for another reason, in fewer places or for less time; for a reporter something graver, short of removing.',
    );
}

/** Where what a decision asks for holds: in Malaysia only, or everywhere. */
async function whereOf(tx: Tx, { id }: decisions.Decision): Promise<string | null> {
  return (await enforcement.actionsOf(tx, id)).at(-1)?.territory ?? null;
}
