export { actsUnder, findActOn as actOn, findActsOn as actsOn } from './act-alone.sql.ts';
export { type ActAlone, actAloneTransitions } from './act-alone.ts';
export { briefInBundle, bundlesOf, findBundle as bundleOf, inBundle, toldWith } from './bundle.sql.ts';
export {
  decisionsOf,
  endingMeasures,
  expiredPeriods,
  findByPuid as decisionByPuid,
  findDecision as decision,
  findFollowing as followingOn,
  findOnAccount as decisionsOnAccount,
  findStanding as standing,
  findStandingIn as standingIn,
  findTerminating as terminating,
} from './decision.sql.ts';
export { type Decision, decisionTransitions } from './decision.ts';
export { findEnding as ending } from './ending.sql.ts';
export { endingTransitions } from './ending.ts';
export { findAlone as alone, glassesWith, openGlassOf } from './glass.sql.ts';
export { type Alone, aloneTransitions, type Glass, glassMs, glassTransitions } from './glass.ts';
export { findHeld as held, heldBy, heldIn, heldUntil } from './held.sql.ts';
export { type Held, heldTransitions, mayWait } from './held.ts';
export { invitationsTo } from './invitation.sql.ts';
export { invitationTransitions, wrongMost } from './invitation.ts';
export { type MadeBy, madeBy } from './made-by.ts';
export { knownOutside } from './outside.ts';
export { findProposal as proposal, findWaiting as waitingProposal } from './proposal.sql.ts';
export { type Answers, type Proposal, proposalTransitions } from './proposal.ts';
export { hiddenBy, originOf, type Standing, standingFor } from './standing.ts';
export { bulk, type Need, needsInstead, needsOf } from './two-people.ts';
