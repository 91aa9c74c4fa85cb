export {
  allClauses,
  allHarms,
  type Clause,
  clauseOf,
  clockEntry,
  clockLengths,
  type Determination,
  type HarmEntry,
  harmEntry,
  policyDigest,
  policyVersion,
} from './catalogue.ts';
export { appealClock, appealUntil, caseClocks, enforceClock, inquiryUntil, periodEnd, reportClocks } from './clocks.ts';
export {
  endOf,
  graver,
  isLive,
  type LadderStep,
  type Plan,
  type Planned,
  plan,
  type Strike,
  shippedLadder,
  strikesOf,
  type Violation,
} from './ladder.ts';
export { type AccountMeasure, type Desired, type Measure, measureFor } from './plan.ts';
export { allReasons, reasonOf, worstReason } from './reasons.ts';
export { type Severity, severities, severityOfClause, usualSeverity } from './severity.ts';
export { findVersion as version } from './version.sql.ts';
