export {
  accreditationWaitingFor,
  findAccreditation as accreditation,
  listDeclined as declinedAccreditations,
  listWaiting as waitingAccreditations,
} from './accreditation.sql.ts';
export { type Accreditation, accreditationTransitions } from './accreditation.ts';
export { findFlagger as flagger, flaggerOfAccount, listFlaggers as flaggers } from './flagger.sql.ts';
export { type Flagger, flaggerTransitions } from './flagger.ts';
