export {
  decisionsOf,
  expiredPeriods,
  findByPuid as decisionByPuid,
  findDecision as decision,
  findStanding as standing,
  findStandingIn as standingIn,
} from './decision.sql.ts';
export { type Decision, decisionTransitions } from './decision.ts';
