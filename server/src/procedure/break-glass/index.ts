export { decideAlone } from './decide.ts';
export { closeGlass, openGlass } from './open.ts';
export { terminateAlone } from './terminate.ts';
