export { dropDraft, publishDraft, withdrawVersion } from './publish.ts';
export { readDocument } from './read.ts';
export { confirmVersion, reviewDraft } from './review.ts';
export { amendDraft, beginDraft } from './write.ts';
