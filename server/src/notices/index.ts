export { eraseReceiver, insertNotice as write, markBounced as bounce, markHanded as hand } from './notice.sql.ts';
export * from './questions.ts';
export { type NoticeValues, render, templates } from './render.ts';
