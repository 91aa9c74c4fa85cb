export { findNotice as notice, isWritten, noticesAbout, noticesOf, noticesOnReport } from './notice.sql.ts';
export { type Notice, noticeTransitions } from './notice.ts';
