export { gather, takeOut, type Why } from './bundle.ts';
export { decideBundle, decideBundleOrHold } from './decide-bundle.ts';
export { type HandOver, handOver, raise } from './hand-over.ts';
export { merge, unmerge } from './merge.ts';
export { note } from './note.ts';
export { park, takeUp } from './park.ts';
export { type BundleJudgement, partsOf, type Share, sharesOf } from './weigh-bundle.ts';
