export type { Count, ScreeningCounter } from './counter.ts';
export { findVerdict as verdictOn } from './verdict.sql.ts';
