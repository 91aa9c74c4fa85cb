import type { ActionSpec } from './action.ts';

/** Still there, and nobody can use it: a profile, a group, a channel, an advertisement. The platform says so when it is closed to everybody. */
export const disable: ActionSpec = { name: 'disable', target: 'item', desired: 'disabled', reverse: 'restore' };
