export { actionsOf, findAction as action, findNewest as newestAction, notEnforced } from './action.sql.ts';
export type { Action, ActionName, DesiredState } from './action.ts';
