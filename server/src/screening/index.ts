export { createCounter } from './counter.ts';
export * from './questions.ts';
export { insertVerdict as give } from './verdict.sql.ts';
