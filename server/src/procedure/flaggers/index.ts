export { accredit, accreditAgain, suspend } from './accredit.ts';
