import type { ActionSpec } from './action.ts';

/** Seen as before; nobody can reply to it, react to it or pass it on. */
export const limit: ActionSpec = { name: 'limit', target: 'item', desired: 'limited', reverse: 'restore' };
