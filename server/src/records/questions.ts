export { keptBytes } from './keep.ts';
export type { Kind, Payload } from './kinds.ts';
export { happenedBy } from './record.sql.ts';
export { reveal, versionsOf } from './retell.ts';
export type { Spine } from './spine.ts';
export { lag } from './subscriber.sql.ts';
export { mustHaveMoved, statesBefore, type Transition } from './transition.ts';
