export { decidedOn, findCase as caseOf, findLease as leaseOn, findOpenCase as openCaseOn, revisionsOf } from './case.sql.ts';
export { type Case, type Clock, type ClockName, caseTransitions, type QueueFilter } from './case.ts';
export { clocksDue, clocksOf, isRunning, overdueClocks } from './clock.sql.ts';
