export type { Account, IdentifierKind, Item, Service, Surface } from './subject.ts';
export { identifierKinds } from './subject.ts';
export {
  findAccount as account,
  findAccounts as accounts,
  findItem as item,
  findRevision as revision,
  findService as service,
  findSurface as surface,
  identifiersOf,
  listServices as services,
  sharingWith,
} from './subjects.sql.ts';
