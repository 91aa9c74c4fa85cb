import type { ActionName } from '../questions.ts';
import type { ActionSpec } from './action.ts';
import { label } from './label.ts';
import { makeInaccessible } from './make-inaccessible.ts';
import { remove } from './remove.ts';
import { restore } from './restore.ts';

export type { ActionSpec } from './action.ts';

/** Every action there is, by name. */
export const actions: Readonly<Record<ActionName, ActionSpec>> = { 'make-inaccessible': makeInaccessible, remove, restore, label };
