export { eraseParty, markSuspended as suspend, upsertFlagger as accredit } from './flagger.sql.ts';
export * from './questions.ts';
