import type { ActionSpec } from './action.ts';

/** As a warning, in graver words: the next step closes part of the account. */
export const reprimand: ActionSpec = {
  name: 'reprimand',
  target: 'account',
  desired: 'reprimanded',
  reverse: 'reinstate-account',
};
