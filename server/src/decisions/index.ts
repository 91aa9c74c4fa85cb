export { eraseActors, insertAct as actAlone, lockAct, markActReviewed as reviewAct } from './act-alone.sql.ts';
export { insertBundle as bundle } from './bundle.sql.ts';
export { eraseParty, insertDecision as make, markEnded as end, markLapsed as lapse } from './decision.sql.ts';
export { eraseEnders, insertEnding as awaitEnd, settleEnding } from './ending.sql.ts';
export {
  eraseAlone,
  insertAlone as decideAlone,
  insertGlass as openGlass,
  lockGlass,
  markGlassClosed as closeGlass,
  markReviewed as review,
} from './glass.sql.ts';
export { eraseHolders, insertHeld as hold, markReleased as release, markUndone as undo } from './held.sql.ts';
export {
  beginGuestSession,
  countWrongCode,
  eraseInvited,
  insertInvitation as invite,
  invitationSecret,
  lockInvitation,
  markInvitationOpened as openInvitation,
  markInvitationSettled as settleInvitation,
  markInvitationWithdrawn as withdrawInvitation,
  putInvitationSecret,
} from './invitation.sql.ts';
export { eraseProposers, insertProposal as propose, settleProposal as settle } from './proposal.sql.ts';
export * from './questions.ts';
