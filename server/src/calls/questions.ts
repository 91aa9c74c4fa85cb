export { findCall as call, recentAbout, ringingIn, tallyRinging, unanswered } from './call.sql.ts';
export { type About, againMs, type Call, callTransitions, whoIsCalled } from './call.ts';
