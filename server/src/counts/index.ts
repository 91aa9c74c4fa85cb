export { upsertCount as count } from './count.sql.ts';
export * from './questions.ts';
