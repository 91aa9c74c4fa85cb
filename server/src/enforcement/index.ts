export { insertAction as order, lapseAction as lapse, noteMismatch as mismatch, settleAction as settle } from './action.sql.ts';
export { actions } from './actions/index.ts';
export * from './questions.ts';
