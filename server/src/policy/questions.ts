export {
  alarmLeads,
  allHarms,
  clockEntry,
  clockLengths,
  type HarmEntry,
  harmEntry,
  isGuarded,
  laterClauses,
  returning,
  runsOn,
  type SurfaceProfile,
  shippedDigest,
  shippedPolicy,
  shippedTexts,
  type TimeEntry,
  timeEntry,
} from './catalogue.ts';
export {
  answerClock,
  appealClock,
  appealUntil,
  caseClocks,
  enforceClock,
  inquiryClock,
  inquiryUntil,
  interruptClock,
  periodEnd,
  reportClocks,
  workedBy,
} from './clocks.ts';
export { type ClauseDiff, clauseDiffs, partDiffs, type Stretch, wordDiff } from './diff.ts';
export {
  applied,
  type Changes,
  type Clause,
  changesBetween,
  type Determination,
  digestOf,
  type Gap,
  type Ground,
  gapsIn,
  noChanges,
  type PolicyDocument,
  type Words,
} from './document.ts';
export { draftOf, findDraft, openDrafts } from './draft.sql.ts';
export { type Draft, draftTransitions } from './draft.ts';
export {
  determinationsFor,
  determinationsForAll,
  type FinalDetermination,
  finalDeterminations,
  mayBeTimed,
  protectiveFor,
  takingAway,
} from './fits.ts';
export { helpLines, type SaidLine } from './help-line.sql.ts';
export {
  accountMeasures,
  childCeiling,
  endOf,
  graver,
  isAccountMeasure,
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
export { citedInstruments, type Figure, type Instrument, type Obligation, obligations } from './obligations.ts';
export { type AccountMeasure, type Desired, desiredFor, isHidden, type Measure, measureFor } from './plan.ts';
export type { Policy } from './policy.ts';
export { allReasons, type Reason, reasonOf, worstReason } from './reasons.ts';
export { type Severity, severities, severityOfClause, usualSeverity } from './severity.ts';
export { allVersions, findVersion as version, policyAt as inForce, policyNamed as named, type VersionRow } from './version.sql.ts';
