export {
  dropLease,
  insertCase as open,
  insertTarget as addRevision,
  leaseWorst,
  lockCase as lock,
  markClosed as close,
  markDecided as decide,
  markEscalated as escalate,
  takeLease,
} from './case.sql.ts';
export { markBreached as breach, startClocks, stopClocks } from './clock.sql.ts';
export * from './questions.ts';
