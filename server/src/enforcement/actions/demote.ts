import type { ActionSpec } from './action.ts';

/** Further down wherever the platform puts things in an order. */
export const demote: ActionSpec = { name: 'demote', target: 'item', desired: 'demoted', reverse: 'restore' };
