export { decideAlone } from './decide.ts';
export { closeGlass, openGlass } from './open.ts';
