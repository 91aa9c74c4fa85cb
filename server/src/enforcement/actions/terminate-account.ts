import type { ActionSpec } from './action.ts';

/** Closed for good, which two people decide (ladder.json). The platform keeps what it needs to open the account again: an appeal may succeed. */
export const terminateAccount: ActionSpec = {
  name: 'terminate-account',
  target: 'account',
  desired: 'terminated',
  reverse: 'reinstate-account',
};
