import type { AccountState } from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { historyOf, type Measured } from './history.ts';

/** Where an account stands now: what was done to it and runs, which strikes count and until when, and what the next step would be. */
export interface Standing {
  readonly state: AccountState;
  /** Measures that stand, the newest first. */
  readonly live: readonly Measured[];
  /** Strikes that count, oldest first; read from live decisions, so that an overturned one is not among them. */
  readonly strikes: readonly policy.Strike[];
  readonly total: number;
  /** The next step of the ladder, and the weight from which it is taken. */
  readonly next: policy.LadderStep | null;
}

const states: Readonly<Record<policy.AccountMeasure, AccountState>> = {
  warn: 'warned',
  reprimand: 'reprimanded',
  'restrict-account': 'restricted',
  'suspend-account': 'suspended',
  'terminate-account': 'terminated',
};

/** @param outside for whom what is kept secret is as if it had not been decided. */
export async function standingOf(
  house: Pick<House, 'clock'>,
  tx: Tx,
  account: string,
  { outside = false }: { readonly outside?: boolean } = {},
): Promise<Standing> {
  const now = house.clock.now();
  const { live, violations } = await historyOf(tx, account, { outside });
  const strikes = policy.strikesOf(violations).filter((strike) => policy.isLive(strike, now));
  const total = strikes.reduce((sum, { weight }) => sum + weight, 0);
  const child = subjects.isChild(await subjects.account(tx, account));
  const [gravest] = [...live].sort((one, other) => policy.graver(other.measure, one.measure));
  return {
    state: gravest ? states[gravest.measure] : 'active',
    live,
    strikes,
    total,
    next:
      policy.shippedLadder.steps.find(({ from, measure }) => from > total && !(child && policy.graver(measure, policy.childCeiling) > 0)) ??
      null,
  };
}
