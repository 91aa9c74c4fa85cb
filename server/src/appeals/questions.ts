export { findAppeal as appeal, findAppealBy as appealBy, hasOpenAppeal } from './appeal.sql.ts';
export { type Appeal, appealTransitions } from './appeal.ts';
