export {
  eraseAccreditations,
  insertAccreditation as propose,
  markAccepted as accept,
  markRefused as refuse,
  markWithdrawn as withdraw,
} from './accreditation.sql.ts';
export { eraseParty, markSuspended as suspend, upsertFlagger as accredit } from './flagger.sql.ts';
export * from './questions.ts';
