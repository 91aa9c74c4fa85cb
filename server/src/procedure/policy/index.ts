export { dropDraft, publishByAuthor, publishDraft, withdrawVersion } from './publish.ts';
export { readDocument } from './read.ts';
export { confirmVersion, reviewDraft, reviewVersionAlone } from './review.ts';
export { amendDraft, beginDraft } from './write.ts';
