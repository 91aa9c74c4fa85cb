export { enterOutside, guestOf } from './enter.ts';
export { type Invited, inviteOutside } from './invite.ts';
export { settleOutside } from './settle.ts';
export { withdrawOutside } from './withdraw.ts';
