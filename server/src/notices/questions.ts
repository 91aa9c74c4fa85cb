export { findNotice as notice, isWritten, noticesOf, noticesOnReport } from './notice.sql.ts';
export { type Notice, noticeTransitions } from './notice.ts';
