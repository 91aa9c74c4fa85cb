import type { ActionSpec } from './action.ts';

/** No posts, comments or live sessions; reading, contacts, help and appeal stay open. It ends by itself at the time that its decision names. */
export const restrictAccount: ActionSpec = {
  name: 'restrict-account',
  target: 'account',
  desired: 'restricted',
  reverse: 'reinstate-account',
};
