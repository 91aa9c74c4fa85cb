import type { ActionSpec } from './action.ts';

/** The account is as before: a measure ended, or was overturned. */
export const reinstateAccount: ActionSpec = {
  name: 'reinstate-account',
  target: 'account',
  desired: 'active',
  reverse: 'suspend-account',
};
