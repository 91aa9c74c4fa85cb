export {
  answeredWithAddress,
  findByCode as reportByCode,
  findReport as report,
  hasOpenReport,
  reportsOf,
  withAddressOf,
} from './report.sql.ts';
export { type Ground, grounds, type Report, reportTransitions } from './report.ts';
export { type Arrival, accuracy, floodMinutes, isFlood, isSlowed, type Tally, youngAmong } from './standing.ts';
export { arrivalsOn, tallyOf } from './tally.sql.ts';
