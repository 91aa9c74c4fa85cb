export * from './questions.ts';
export { insertVersion as publish } from './version.sql.ts';
