import type { ActionSpec } from './action.ts';

export const label: ActionSpec = { name: 'label', desired: 'labelled', reverse: 'restore', undoWindowSeconds: 0 };
