export { findByCode as reportByCode, findReport as report, hasOpenReport, reportsOf } from './report.sql.ts';
export { type Report, reportTransitions } from './report.ts';
