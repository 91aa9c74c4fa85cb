export {
  findCase as caseOf,
  findCases as casesOf,
  findLastCase as lastCaseOn,
  findLease as leaseOn,
  findOpenCase as openCaseOn,
  mergedInto,
  revisionsOf,
} from './case.sql.ts';
export { type Case, type Clock, type ClockName, caseTransitions, type QueueFilter } from './case.ts';
export {
  clocksDue,
  clocksOf,
  clocksToWarn,
  findClock as clockOf,
  isExplained,
  isRunning,
  overdueClocks,
  ownDeadlines,
} from './clock.sql.ts';
export { comingTo, deskNamed, deskOf, desks, type WorkDesk, worksAt } from './desk.ts';
export { inLanes } from './lanes.sql.ts';
export { decidedOn, itemsWith, leadsOf } from './merge.sql.ts';
export { endingSecrecies, findSecrecy as secrecy, isSecret, secreciesOf } from './secrecy.sql.ts';
export { type Secrecy, type SecrecyBasis, secrecyBases, secrecyDays, secrecyTransitions } from './secrecy.ts';
export { asked, bundledWith, findWork as workOn, restedBy } from './work.sql.ts';
export { soonMs, type Work, workTransitions } from './work.ts';
export { rankOf } from './worst-first.ts';
