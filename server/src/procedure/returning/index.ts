export { type Resemblance, resemblances } from './resemblance.ts';
export { unlink } from './unlink.ts';
