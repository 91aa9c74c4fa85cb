export { actionsOf, findAction as action, findNewest as newestAction, notEnforced } from './action.sql.ts';
export { type Action, type ActionName, actionTransitions, type DesiredState } from './action.ts';
