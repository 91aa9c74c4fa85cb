import type { ActionSpec } from './action.ts';

export const remove: ActionSpec = { name: 'remove', target: 'item', desired: 'removed', reverse: 'restore' };
