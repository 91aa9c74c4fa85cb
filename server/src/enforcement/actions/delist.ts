import type { ActionSpec } from './action.ts';

/** Found by nobody who searches, and suggested to nobody who types; still there for whoever has its address. */
export const delist: ActionSpec = { name: 'delist', target: 'item', desired: 'delisted', reverse: 'restore' };
