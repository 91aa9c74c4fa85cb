export { eraseParty, insertAppeal as receive, settleAppeal as settle } from './appeal.sql.ts';
export * from './questions.ts';
