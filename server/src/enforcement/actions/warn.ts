import type { ActionSpec } from './action.ts';

/** Nothing changes in the account; the platform shows the warning to its holder. It counts as done when the platform says so. */
export const warn: ActionSpec = {
  name: 'warn',
  target: 'account',
  desired: 'warned',
  reverse: 'reinstate-account',
};
