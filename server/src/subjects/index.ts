export { accountId, revisionId } from './ids.ts';
export { upsertItemKind as defineKind } from './item-kind.sql.ts';
export { eraseLinks, insertLink as linkTo, undoLink as unlink } from './link.sql.ts';
export { awaitMedia, endFetch, failMedia, keepMedia, postponeFetch, queueFetch, setMediaHosts, takeDueFetches } from './media.sql.ts';
export * from './questions.ts';
export {
  eraseParty,
  insertIdentifiers as identify,
  insertSnapshot as snapshot,
  lock,
  lockAll,
  lockWhile,
  setPace,
  upsertAccount as note,
  upsertService as register,
  upsertSurface as define,
} from './subjects.sql.ts';
