export { makeRuleLiveAlone, publishAlone } from './act.ts';
export { decideAlone } from './decide.ts';
export { closeGlass, openGlass } from './open.ts';
export { reviewAct } from './review-act.ts';
export { terminateAlone } from './terminate.ts';
