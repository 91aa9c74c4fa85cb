import type { ActionSpec } from './action.ts';

export const makeInaccessible: ActionSpec = {
  name: 'make-inaccessible',
  target: 'item',
  desired: 'inaccessible',
  reverse: 'restore',
};
