import * as cases from '../cases/index.ts';
import * as decisions from '../decisions/index.ts';
import * as enforcement from '../enforcement/index.ts';
import { sameDigest } from '../foundation/digest.ts';
import { Problem } from '../foundation/http/problems.ts';
import type { Language } from '../foundation/i18n/language.ts';
import * as instructions from '../instructions/index.ts';
import * as policy from '../policy/index.ts';
import type { House } from '../procedure/house.ts';
import { appealOpenUntil, inquiryOpenUntil, receiveAppeal, rowOf, spokenIn, statementToken } from '../procedure/moderation/index.ts';
import { reveal } from '../records/index.ts';
import { type Statement, statementOf } from '../views/statement.ts';

/** What a statement's page shows to one side. */
export interface StatementPage {
  readonly puid: string;
  readonly outcome: enforcement.DesiredState | 'none';
  readonly done: boolean;
  /** When it ends by itself. */
  readonly until: Date | null;
  /** The same as the API gives to the service. */
  readonly facts: Statement;
  /** The version of the guidelines that it was made by. */
  readonly policy: string;
  readonly clause: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly rule: string;
    readonly law: string;
  } | null;
  readonly reason: string;
  /** What language the reason is taken for. */
  readonly spoken: ReturnType<typeof spokenIn>;
  readonly automated: boolean;
  /** The regulator asked for it (Act 866 ss.25, 27). */
  readonly instructed: boolean;
  readonly decidedAt: Date;
  readonly replaced: boolean;
  /** Until when this side may appeal; null where it may not. */
  readonly appealUntil: Date | null;
  /** Until when it may ask why (Act 866 ss.21–23, 26); null where it may not. */
  readonly inquireUntil: Date | null;
}

/** Who a link belongs to: the token names the side and the person, and proves that we gave it. @throws Problem `decision-unknown`. */
export function holder(
  house: House,
  about: { readonly id: string } | undefined,
  token: string,
): { side: 'author' | 'reporter'; person: string } {
  const [letter, person = ''] = token.split('.');
  const side = letter === 'a' ? 'author' : 'reporter';
  // The same steps for a decision that nobody knows of as for one that there is.
  const given = sameDigest(statementToken(house, about?.id ?? '', side, person), token);
  if (!about || !given)
    throw new Problem('decision-unknown', 'This link is not whole, or not ours. Open it again from the notice that we sent you.');
  return { side, person };
}

/** @throws Problem `decision-unknown` for a link that we did not give. */
export async function readStatement(house: House, puid: string, token: string, language: Language): Promise<StatementPage> {
  return house.db.begin('doors', async (tx) => {
    const decision = await decisions.knownOutside(tx, await decisions.decisionByPuid(tx, puid));
    const { side, person } = holder(house, decision, token);
    const known = decision as decisions.Decision;
    const actions = await enforcement.actionsOf(tx, known.id);
    // What lifts a timed measure on an item stands last; the statement says what was decided.
    const measure = known.targetKind === 'item' && known.endsAt !== null ? actions[0] : actions.at(-1);
    const cell = (await rowOf(tx, known))[side];
    const of = (await cases.caseOf(tx, known.case)) as cases.Case;
    const clause = known.clause === null ? undefined : (await policy.named(tx, known.policy))?.clauseOf(known.clause);
    const now = house.clock.now();
    const appealUntil = 'tell' in cell && cell.appeal ? await appealOpenUntil(tx, of, known, side, person, now) : null;
    const reason = (await reveal(house, tx, 'decision.made', known.record))?.reason ?? '';
    return {
      puid,
      policy: known.policy,
      outcome: measure?.desired ?? 'none',
      until: known.endsAt,
      facts: await statementOf(house, tx, known),
      done: actions.every((action) => action.state !== 'ordered'),
      clause: clause
        ? { id: clause.id, number: clause.number, title: clause.title[language], rule: clause.rule[language], law: clause.law[language] }
        : null,
      reason,
      spoken: spokenIn(house, reason),
      automated: known.automated === 'fully',
      instructed: (await instructions.instructionOf(tx, known.id)) !== undefined,
      decidedAt: known.decidedAt,
      replaced: known.supersededBy !== null,
      appealUntil,
      inquireUntil: await inquiryOpenUntil(tx, of, known, side, person, now),
    };
  });
}

/** An appeal from the page. @throws Problem `decision-unknown`, `appeal-not-open`, `appeal-exists`. */
export async function appealAgainst(
  house: House,
  puid: string,
  token: string,
  text: string,
  language: Language,
): Promise<{ readonly answerBy: Date }> {
  return house.db.begin('doors', async (tx) => {
    const decision = await decisions.knownOutside(tx, await decisions.decisionByPuid(tx, puid));
    const { side, person } = holder(house, decision, token);
    const known = decision as decisions.Decision;
    return receiveAppeal(house, tx, known.service, { decision: known.id, role: side, by: person, text, language });
  });
}
