export { eraseParty, insertCall as make, lockAbout, lockCall as lock, markAnswered as answer, markRepeated as repeat } from './call.sql.ts';
export * from './questions.ts';
