export { type HandOver, handOver, raise } from './hand-over.ts';
export { note } from './note.ts';
export { park, takeUp } from './park.ts';
