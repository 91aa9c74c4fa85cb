import type { ActionName } from '../questions.ts';
import type { ActionSpec } from './action.ts';
import { ageGate } from './age-gate.ts';
import { delist } from './delist.ts';
import { demote } from './demote.ts';
import { disable } from './disable.ts';
import { interrupt } from './interrupt.ts';
import { label } from './label.ts';
import { limit } from './limit.ts';
import { makeInaccessible } from './make-inaccessible.ts';
import { reinstateAccount } from './reinstate-account.ts';
import { remove } from './remove.ts';
import { reprimand } from './reprimand.ts';
import { restore } from './restore.ts';
import { restrictAccount } from './restrict-account.ts';
import { stopRecommending } from './stop-recommending.ts';
import { suspendAccount } from './suspend-account.ts';
import { terminateAccount } from './terminate-account.ts';
import { warn } from './warn.ts';

export type { ActionSpec } from './action.ts';

/** Every action there is, by name. */
export const actions: Readonly<Record<ActionName, ActionSpec>> = {
  'make-inaccessible': makeInaccessible,
  remove,
  restore,
  label,
  disable,
  limit,
  'age-gate': ageGate,
  delist,
  demote,
  'stop-recommending': stopRecommending,
  interrupt,
  warn,
  reprimand,
  'restrict-account': restrictAccount,
  'suspend-account': suspendAccount,
  'terminate-account': terminateAccount,
  'reinstate-account': reinstateAccount,
};
