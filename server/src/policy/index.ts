export { dropDraft as drop, eraseParty, reviewDraft as review, scheduleDraft, writeDraft as draft } from './draft.sql.ts';
export { confirmLine, removeLine, writeLine } from './help-line.sql.ts';
export * from './questions.ts';
export {
  confirmVersion as confirm,
  insertScheduled as schedule,
  insertVersion as publish,
  withdrawVersion as withdraw,
} from './version.sql.ts';
