export { findAppeal as appeal, findAppealBy as appealBy, hasOpenAppeal, isContested } from './appeal.sql.ts';
export { type Appeal, appealTransitions } from './appeal.ts';
