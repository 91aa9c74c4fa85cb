export { eraseReceiver, insertNotice as write, markHanded as hand } from './notice.sql.ts';
export * from './questions.ts';
export { helpFor, render, templates, word } from './render.ts';
