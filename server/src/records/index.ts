export { append, type Draft } from './append.ts';
export { type Because, changing } from './because.ts';
export { Gate } from './gate.ts';
export type { Party } from './handles.ts';
export { keepBytes, keptBytes } from './keep.ts';
export { type Kind, kinds, type Payload, type Purpose } from './kinds.ts';
export { type Heard, reveal, type Told } from './retell.ts';
export type { Spine } from './spine.ts';
export type { Subscriber } from './subscribe.ts';
