/** What Perisai's actions on an item are here, by their name. `interrupt` is for live sessions alone. */
export const measures = {
  restore: 'none',
  'make-inaccessible': 'inaccessible',
  remove: 'removed',
  label: 'labelled',
  disable: 'disabled',
  limit: 'limited',
  'age-gate': 'age-gated',
  delist: 'delisted',
  demote: 'demoted',
  'stop-recommending': 'not-recommended',
  interrupt: 'interrupted',
} as const;
export type Measure = (typeof measures)[keyof typeof measures];

/** Measures under which nobody but the author reads it. */
export const shut: readonly Measure[] = ['inaccessible', 'removed', 'disabled', 'interrupted'];
/** The same, for SQL. */
export const shutMeasures = shut.map((measure) => `'${measure}'`).join(', ');
