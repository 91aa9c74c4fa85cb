export { decideAlone } from './decide.ts';
export { closeGlass, openGlass } from './open.ts';
export { reviewAlone } from './review.ts';
