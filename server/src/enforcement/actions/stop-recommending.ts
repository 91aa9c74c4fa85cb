import type { ActionSpec } from './action.ts';

/** Recommended to nobody; those who follow it see it as before. */
export const stopRecommending: ActionSpec = {
  name: 'stop-recommending',
  target: 'item',
  desired: 'not-recommended',
  reverse: 'restore',
};
