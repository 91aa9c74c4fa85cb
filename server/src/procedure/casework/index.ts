export { bulk, decideBundle, gather, takeOut, type Why } from './bundle.ts';
export { type HandOver, handOver, raise } from './hand-over.ts';
export { merge, unmerge } from './merge.ts';
export { note } from './note.ts';
export { park, takeUp } from './park.ts';
