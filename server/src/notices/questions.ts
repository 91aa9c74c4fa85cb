export { findNotice as notice, noticesOf, noticesOnReport } from './notice.sql.ts';
export type { Notice } from './notice.ts';
