export { eraseParty, insertDecision as make, markLapsed as lapse } from './decision.sql.ts';
export * from './questions.ts';
