import * as decisions from '../../decisions/questions.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/questions.ts';
import type { House } from '../../procedure/house.ts';
import { reveal } from '../../records/questions.ts';
import * as screening from '../../screening/questions.ts';
import type * as staff from '../../staff/questions.ts';

export interface ActRead extends decisions.ActAlone {
  readonly actedByName: string | null;
  readonly reviewedByName: string | null;
  /** What the reviewer wrote. */
  readonly said: string | null;
  /** Of a rule itself; null of guidelines. */
  readonly rule: screening.Rule | null;
  /** Everybody who wrote, proposed or did it: none of them reviews it. */
  readonly authors: readonly string[];
}

/** What was put into force under these openings, in the order in which it happened. */
export async function readActs(
  house: House,
  tx: Tx,
  glasses: readonly string[],
  named: (id: string | null) => string | null,
): Promise<readonly ActRead[]> {
  const acts: ActRead[] = [];
  for (const act of await decisions.actsUnder(tx, glasses)) {
    const rule = act.what === 'rule' ? ((await screening.findRule(tx, act.subject)) ?? null) : null;
    const written = rule ? [rule.draftedBy, rule.proposedBy] : ((await policy.draftOf(tx, act.subject))?.authors ?? []);
    acts.push({
      ...act,
      rule,
      actedByName: named(act.actedBy),
      reviewedByName: named(act.reviewedBy),
      said: act.review === null ? null : ((await reveal(house, tx, 'break-glass.act-reviewed', act.review))?.reason ?? null),
      authors: [...written, act.actedBy].filter((one) => one !== null),
    });
  }
  return acts;
}

/** What this person wrote or proposed and could put into force alone. */
export async function ownUnreviewed(
  tx: Tx,
  member: staff.Member,
): Promise<{ readonly rules: readonly screening.Rule[]; readonly drafts: readonly policy.Draft[] }> {
  return {
    rules: (await screening.allRules(tx)).filter(
      ({ state, draftedBy, proposedBy }) => state === 'proposed' && [draftedBy, proposedBy].includes(member.id),
    ),
    drafts: (await policy.openDrafts(tx)).filter(({ state, authors }) => state === 'drafting' && authors.includes(member.id)),
  };
}
