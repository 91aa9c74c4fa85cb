export { accredit, refuse, withdraw } from './accredit.ts';
export { propose, proposeAgain } from './propose.ts';
export { suspend } from './suspend.ts';
