export type { ScreeningCounter } from './counter.ts';
export { findVerdict as verdictOn } from './verdict.sql.ts';
