export { forgetAttempts, lockedUntil, noteWrongPin } from './attempt.sql.ts';
export * from './questions.ts';
export { eraseReporter, insertReport as receive, noteHanded as hear } from './report.sql.ts';
