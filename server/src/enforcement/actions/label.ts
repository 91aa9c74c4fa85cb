import type { ActionSpec } from './action.ts';

export const label: ActionSpec = { name: 'label', target: 'item', desired: 'labelled', reverse: 'restore' };
