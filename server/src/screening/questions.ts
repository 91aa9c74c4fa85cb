export { findVerdict as verdictOn } from './verdict.sql.ts';
