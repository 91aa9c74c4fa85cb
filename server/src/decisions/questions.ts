export {
  decisionsOf,
  expiredPeriods,
  findByPuid as decisionByPuid,
  findDecision as decision,
  findStanding as standing,
} from './decision.sql.ts';
export type { Decision } from './decision.ts';
