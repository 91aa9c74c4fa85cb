import type { ActionSpec } from './action.ts';

/** Shown only to those whom the platform knows to be adults. */
export const ageGate: ActionSpec = { name: 'age-gate', target: 'item', desired: 'age-gated', reverse: 'restore' };
