export { answerInquiry as answer, eraseParty, insertInquiry as receive } from './inquiry.sql.ts';
export * from './questions.ts';
