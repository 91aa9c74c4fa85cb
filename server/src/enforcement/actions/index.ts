import type { ActionName } from '../questions.ts';
import type { ActionSpec } from './action.ts';
import { label } from './label.ts';
import { makeInaccessible } from './make-inaccessible.ts';
import { reinstateAccount } from './reinstate-account.ts';
import { remove } from './remove.ts';
import { reprimand } from './reprimand.ts';
import { restore } from './restore.ts';
import { restrictAccount } from './restrict-account.ts';
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
  warn,
  reprimand,
  'restrict-account': restrictAccount,
  'suspend-account': suspendAccount,
  'terminate-account': terminateAccount,
  'reinstate-account': reinstateAccount,
};
