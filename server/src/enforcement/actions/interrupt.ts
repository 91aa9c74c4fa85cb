import type { ActionSpec } from './action.ts';

/**
 * A live session is cut off, for those who watch and for who sends, and its recording is shown to nobody. Taken back, the recording may be shown
 * and the account may go live again; the minutes that were lost are lost.
 */
export const interrupt: ActionSpec = {
  name: 'interrupt',
  target: 'item',
  desired: 'interrupted',
  reverse: 'restore',
};
