export { actionsOf, findAction as action, findNewest as newestAction, findNewestAt as newestActionAt, notEnforced } from './action.sql.ts';
export {
  type AccountState,
  type Action,
  type ActionName,
  actionTransitions,
  type DesiredState,
  type ReportedState,
  reportedStates,
} from './action.ts';
