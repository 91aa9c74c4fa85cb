export { findFlagger as flagger, flaggerOfAccount, listFlaggers as flaggers } from './flagger.sql.ts';
export { type Flagger, flaggerTransitions } from './flagger.ts';
