export {
  dropLease,
  insertCase as open,
  insertTarget as addRevision,
  lockCase as lock,
  lockCases as lockAll,
  markAside as setAside,
  markBack as giveBack,
  markClosed as close,
  markDecided as decide,
  markEscalated as escalate,
  markFlooded as flood,
  takeLease,
} from './case.sql.ts';
export {
  bringForward,
  eraseExplainer,
  markBreached as breach,
  markExplained as explain,
  markWarned as warn,
  startClocks,
  stopClocks,
} from './clock.sql.ts';
export { markCombined as combine, markMerged as merge, markUnmerged as unmerge } from './merge.sql.ts';
export * from './questions.ts';
export { eraseImposer, insertSecrecy as imposeSecrecy, markSecrecyEnded as endSecrecy } from './secrecy.sql.ts';
export {
  eraseAssignee as eraseParty,
  leaseWorst,
  markBundled as bundle,
  markHandedOver as handOver,
  markParked as park,
  markRaised as raise,
  markReturned as comeBack,
  markUnbundled as unbundle,
  markWeighed as weigh,
  placeByReport,
} from './work.sql.ts';
