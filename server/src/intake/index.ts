export * from './questions.ts';
export { eraseReporter, insertReport as receive, noteHanded as hear } from './report.sql.ts';
