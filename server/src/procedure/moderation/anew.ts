import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';
import { demandFit } from './decide.ts';

/** Who proposed a decision that needed two. What was decided as one was proposed as one, what follows for an account with it. */
export async function proposer(tx: Tx, decision: decisions.Decision): Promise<string | null> {
  const about = decision.follows ?? decision.id;
  const bundle = await decisions.bundleOf(tx, about);
  const made = bundle === undefined ? [about] : await decisions.inBundle(tx, bundle);
  // What was decided alone has no other proposer; who reviewed it has made up their mind, too.
  return (await decisions.proposalAmong(tx, made))?.proposedBy ?? (await decisions.alone(tx, about))?.reviewedBy ?? null;
}

/** Can a platform do this to the item that was decided about? @throws Problem `measure-unfit`. */
export async function demandFitAgain(
  tx: Tx,
  { target }: decisions.Decision,
  choice: { readonly determination: policy.FinalDetermination; readonly days: number | null },
): Promise<void> {
  demandFit(choice, (await subjects.item(tx, target))?.kind ?? '');
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
  const everywhere = ((await enforcement.actionsOf(tx, standing.id)).at(-1)?.territory ?? null) === null;
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
