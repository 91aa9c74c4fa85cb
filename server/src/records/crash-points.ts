/** Places where a crash is tried in the tests, in the order in which a beat passes them. */
export const crashPoints = [
  'sequence.before-laying',
  'sequence.laid',
  'anchor.bundles-written',
  'anchor.tiles-written',
  'anchor.checkpoint-written',
  'anchor.noted',
] as const;

export type CrashPoint = (typeof crashPoints)[number];
