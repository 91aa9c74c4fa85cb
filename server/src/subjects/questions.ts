export type { Account, Item, Service, Surface } from './subject.ts';
export {
  findAccount as account,
  findAccounts as accounts,
  findItem as item,
  findRevision as revision,
  findService as service,
  findSurface as surface,
  listServices as services,
} from './subjects.sql.ts';
