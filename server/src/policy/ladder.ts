import type { Harm } from '@perisai/screening';
import ladderFile from '../../../catalogue/ladder.json' with { type: 'json' };
import reasonsFile from '../../../catalogue/reasons.json' with { type: 'json' };
import type { Determination, Words } from './document.ts';
import { type AccountMeasure, type Desired, type Measure, measureFor } from './plan.ts';

type Severity = keyof typeof ladderFile.strikes;

/** A step from a warning to the end of an account (Code 4.2.5). */
export interface LadderStep {
  readonly measure: AccountMeasure;
  /** Live weight from which it is reached. */
  readonly from: number;
  /** Days it lasts, the first time and when it is taken again within a year; null: it has no end of its own. */
  readonly lasts: readonly [number, number] | null;
  /** How many people decide it. */
  readonly people: number;
  readonly name: Words;
  readonly means: Words;
}

interface Jump {
  readonly to: AccountMeasure;
  readonly people: number;
  /** What is taken by one person while a second is awaited. */
  readonly meanwhile: AccountMeasure | null;
}

/** The ladder as data: everything that a plan is made from, beside what the person did. */
export interface Ladder {
  readonly version: string;
  readonly steps: readonly LadderStep[];
  /** What a violation of a clause weighs and for how many days; null: it brings no strike. */
  readonly strikeOf: (clause: string) => { readonly weight: number; readonly days: number } | null;
  readonly jumpOf: (clause: string) => Jump | null;
  readonly sameHarm: { readonly days: number; readonly add: number };
  readonly repeatDays: number;
}

const measures: Readonly<Record<string, AccountMeasure>> = {
  warning: 'warn',
  reprimand: 'reprimand',
  restriction: 'restrict-account',
  suspension: 'suspend-account',
  termination: 'terminate-account',
};
const days = (length: string): number => Number(/^P(\d+)D$/.exec(length)?.[1]);
const steps: readonly LadderStep[] = ladderFile.steps.map(({ id, from, lasts, people, name, means }) => ({
  measure: measures[id] as AccountMeasure,
  from,
  lasts: lasts === null ? null : [days(lasts[0] as string), days(lasts[1] as string)],
  people,
  name,
  means,
}));
/** How far a child climbs by what adds up. */
export const childCeiling = measures[ladderFile.child.ceiling] as AccountMeasure;
const order = steps.map(({ measure }) => measure);

/** What may be done to an account, the gentlest first. */
export const accountMeasures: readonly AccountMeasure[] = order;

export function isAccountMeasure(word: string): word is AccountMeasure {
  return order.some((one) => one === word);
}

/** Which of two measures is the graver: positive where the first is. */
export function graver(one: AccountMeasure | null, other: AccountMeasure | null): number {
  return (one === null ? -1 : order.indexOf(one)) - (other === null ? -1 : order.indexOf(other));
}

// A decision names a clause, and several reasons may lead to one clause: in doubt the gentlest of them counts, for the person.
const reasonsOf = (clause: string) => reasonsFile.reasons.filter((reason) => reason.clause === clause);

/** The ladder that this program brings (catalogue/ladder.json). */
export const shippedLadder: Ladder = {
  version: ladderFile.version,
  steps,
  strikeOf(clause) {
    const counted = reasonsOf(clause).filter(({ id }) => !ladderFile.noStrike.includes(id));
    if (counted.length === 0 || counted.length < reasonsOf(clause).length) return null;
    const [gentlest] = counted
      .map(({ severity }) => ladderFile.strikes[severity as Severity])
      .sort((one, other) => one.weight - other.weight) as [{ weight: number; expires: string }];
    return { weight: gentlest.weight, days: days(gentlest.expires) };
  },
  jumpOf(clause) {
    const jumps = reasonsOf(clause).map(({ id }) => ladderFile.jumps.find(({ reasons }) => reasons.includes(id)));
    if (jumps.length === 0) return null;
    let least: Jump | null = null;
    for (const jump of jumps) {
      if (!jump) return null;
      const to = measures[jump.to] as AccountMeasure;
      if (least === null || graver(to, least.to) < 0)
        least = { to, people: jump.people, meanwhile: jump.meanwhile === null ? null : (measures[jump.meanwhile] as AccountMeasure) };
    }
    return least;
  },
  sameHarm: { days: days(ladderFile.recidivism.sameHarm.within), add: ladderFile.recidivism.sameHarm.add },
  repeatDays: days(ladderFile.recidivism.repeat.within),
};

/** A decision that a clause was broken, as the ladder looks at it. What was decided together is one strike, of the heaviest among it. */
export interface Violation {
  readonly decision: string;
  readonly case: string;
  /** What was decided as one has one name here; a case that was decided by itself is its own matter. */
  readonly matter?: string;
  readonly clause: string;
  readonly at: Date;
}

const matterOf = ({ matter, case: of }: Pick<Violation, 'matter' | 'case'>) => matter ?? of;

export interface Strike extends Violation {
  readonly harm: Harm;
  readonly weight: number;
  /** When it runs out by itself. */
  readonly until: Date;
}

const dayMs = 24 * 3_600_000;
const later = (from: Date, count: number) => new Date(from.getTime() + count * dayMs);

/**
 * The strikes of one account, oldest first, from its live decisions: read, never stored, so that a decision that is overturned takes its
 * strike along. Strikes that ran out are among them: `isLive` says which count. Linked accounts' decisions are never handed in here.
 */
export function strikesOf(violations: readonly Violation[], ladder: Ladder = shippedLadder): Strike[] {
  const strikes: Strike[] = [];
  for (const violation of [...violations].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    const of = ladder.strikeOf(violation.clause);
    const harm = reasonsOf(violation.clause)[0]?.harm as Harm | undefined;
    if (!of || !harm) continue;
    const again = strikes.some(
      (one) => one.harm === harm && matterOf(one) !== matterOf(violation) && later(one.at, ladder.sameHarm.days) > violation.at,
    );
    const strike = { ...violation, harm, weight: of.weight + (again ? ladder.sameHarm.add : 0), until: later(violation.at, of.days) };
    const together = strikes.findIndex((one) => matterOf(one) === matterOf(violation));
    if (together === -1) strikes.push(strike);
    else if ((strikes[together] as Strike).weight < strike.weight) strikes[together] = strike;
  }
  return strikes;
}

export function isLive(strike: Strike, now: Date): boolean {
  return strike.until > now;
}

/** A measure that was taken on the account and not overturned. */
export interface Taken {
  readonly measure: AccountMeasure;
  readonly at: Date;
}

/** What is about to be decided, of what the platform shows now. */
export interface Planned {
  readonly decision: string;
  readonly case: string;
  readonly matter?: string;
  readonly determination: Determination;
  readonly clause: string | null;
  readonly now: Date;
  /** What the item should show on the platform now. */
  readonly shown: Desired;
  /** Whether the holder of the account is known to be under 18. */
  readonly child?: boolean;
}

export interface AccountPlan {
  /** The graver of what the weight reaches and what the clause jumps to; null: nothing follows. */
  readonly suggested: AccountMeasure | null;
  /** What one person may take: the suggestion, or what stands in for it until a second person agrees. */
  readonly alone: AccountMeasure | null;
  readonly people: number;
  readonly jumps: boolean;
}

export interface Plan {
  readonly ladder: string;
  readonly actions: { readonly item: Measure | null; readonly account: AccountPlan };
  readonly strikes: { readonly added: Strike | null; readonly counted: readonly Strike[]; readonly total: number };
  /** Who is told what, beside the answer to the reports: the holder of the account of what is done to it, in their language. */
  readonly notices: readonly { readonly to: 'author'; readonly template: string }[];
}

/**
 * What follows from a decision: for the item, for its author's account, who is told. Pure: the preview on the case page shows it, and the
 * decision's record keeps what it said.
 */
export function plan(planned: Planned, violations: readonly Violation[], ladder: Ladder = shippedLadder): Plan {
  const { clause, determination, now } = planned;
  const violated = clause !== null && determination !== 'none' && determination !== 'restore';
  const { decision, case: of } = planned;
  const fresh: Violation[] = violated ? [{ decision, case: of, matter: matterOf(planned), clause, at: now }] : [];
  const others = violations.filter((one) => matterOf(one) !== matterOf(planned) || !violated);
  const counted = strikesOf([...others, ...fresh], ladder).filter((strike) => isLive(strike, now));
  const added = counted.find(({ decision }) => decision === planned.decision) ?? null;
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  const reached = added === null ? null : (ladder.steps.findLast(({ from }) => from <= total) ?? null);
  const jump = added === null || clause === null ? null : ladder.jumpOf(clause);
  const jumps = jump !== null && graver(jump.to, reached?.measure ?? null) > 0;
  const climbed = jumps ? jump.to : (reached?.measure ?? null);
  // A child climbs no higher than this unless the clause itself leads higher, which two people look at.
  const capped = planned.child === true && graver(climbed, childCeiling) > 0 && graver(jump?.to ?? null, childCeiling) <= 0;
  const suggested = capped ? childCeiling : climbed;
  const people = capped ? 1 : jumps ? jump.people : (reached?.people ?? 1);
  const alone = people < 2 ? suggested : jumps ? jump.meanwhile : before(suggested, ladder);
  return {
    ladder: ladder.version,
    actions: { item: measureFor(determination, planned.shown), account: { suggested, alone, people, jumps } },
    strikes: { added, counted, total },
    notices: alone === null ? [] : [{ to: 'author', template: noticeOf[alone] }],
  };
}

/** Which text tells the holder of an account what was done to it. */
const noticeOf: Readonly<Record<AccountMeasure, string>> = {
  warn: 'account.warned',
  reprimand: 'account.reprimanded',
  'restrict-account': 'account.restricted',
  'suspend-account': 'account.suspended',
  'terminate-account': 'account.terminated',
};

function before(measure: AccountMeasure | null, { steps }: Ladder): AccountMeasure | null {
  return steps[steps.findIndex((step) => step.measure === measure) - 1]?.measure ?? null;
}

/** When a measure taken now ends by itself: longer where it was taken within a year before. Null: it has no end. */
export function endOf(measure: AccountMeasure, now: Date, taken: readonly Taken[], ladder: Ladder = shippedLadder): Date | null {
  const lasts = ladder.steps.find((step) => step.measure === measure)?.lasts ?? null;
  if (lasts === null) return null;
  const again = taken.some((one) => one.measure === measure && later(one.at, ladder.repeatDays) > now);
  return later(now, lasts[again ? 1 : 0]);
}
