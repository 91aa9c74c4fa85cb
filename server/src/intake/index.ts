export { forgetAttempts, lockedUntil, noteWrongPin } from './attempt.sql.ts';
export * from './questions.ts';
export { eraseReporter, insertReport as receive, markDismissed as dismiss, noteHanded as hear, takeUp } from './report.sql.ts';
