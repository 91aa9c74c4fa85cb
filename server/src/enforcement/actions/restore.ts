import type { ActionSpec } from './action.ts';

export const restore: ActionSpec = {
  name: 'restore',
  target: 'item',
  desired: 'visible',
  reverse: 'make-inaccessible',
};
