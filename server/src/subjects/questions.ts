export { itemId } from './ids.ts';
export { findOwnKind as ownKind, listOwnKinds as ownKinds } from './item-kind.sql.ts';
export { identifiedSince, linksOf, type Sharing, sharingWith } from './link.sql.ts';
export { asksAPerson, type Confidence, confidenceOf, isCommon, isTelling, type Link, linkTransitions } from './link.ts';
export { findMedia as media, type MediaHost, mediaHostsOf, mediaOf } from './media.sql.ts';
export { type AwaitedMedia, mediaPath, mediaTransitions } from './media.ts';
export {
  type Account,
  type AgeBand,
  ageBands,
  contentDate,
  type IdentifierKind,
  type Item,
  type ItemKind,
  identifierKinds,
  isChild,
  itemKinds,
  type OwnKind,
  type Revision,
  type Service,
  type Surface,
  type SurfaceType,
  surfaceTypes,
  unseenRevision,
} from './subject.ts';
export {
  findAccount as account,
  findAccounts as accounts,
  findItem as item,
  findProfile as profile,
  findRevision as revision,
  findService as service,
  findSurface as surface,
  identifiersOf,
  listServices as services,
  listSurfaces as surfaces,
} from './subjects.sql.ts';
