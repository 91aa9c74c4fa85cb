import type { ActionSpec } from './action.ts';

/** Closed for a while, nothing is lost. It ends by itself at the time that its decision names. */
export const suspendAccount: ActionSpec = {
  name: 'suspend-account',
  target: 'account',
  desired: 'suspended',
  reverse: 'reinstate-account',
};
