/**
 * Who may know whom: one row a rank, from the floor up. A folder of `server/src` may import only from rows above its own row here
 * (architecture.md: "Direction"). Folders in one row don't import one another. A folder that stands in no row fails the check.
 */
export const ranks: readonly (readonly string[])[] = [
  ['foundation'],
  ['records'],
  ['policy', 'subjects', 'staff'],
  ['settings'],
  ['screening', 'intake'],
  ['cases'],
  ['decisions'],
  ['enforcement', 'notices'],
  ['appeals', 'inquiries', 'instructions'],
  ['children', 'lawful', 'flaggers', 'banks', 'quality', 'counts', 'calls', 'incidents', 'risk'],
  ['audits', 'compliance', 'transparency'],
  ['procedure'],
  ['views'],
  ['public', 'desk', 'connect'],
  ['doors.ts'],
  ['main.ts'],
  ['cli'],
];

/** What every other module stands on: its files are imported one by one, and it is free of the suffix rules. */
export const floor = 'foundation';

/** Folders that tell steps and draw screens; the rest of the ranks between floor and these are nouns. */
export const above: readonly string[] = ['procedure', 'views', 'public', 'desk', 'connect', 'doors.ts', 'main.ts', 'cli'];

/** Modules that own tables and verbs. */
export const nouns: readonly string[] = ranks.flat().filter((name) => name !== floor && !above.includes(name));

/** Files of a noun that a noun to its right may import. Because is the one class that verbs are written against. */
export const questions: Readonly<Record<string, readonly string[]>> = { records: ['questions.ts', 'because.ts'] };

/** What a view may read of the procedure: the tables on one page and what the house consists of, never a step. */
export const procedureTables: readonly string[] = ['house.ts', 'outcomes.ts', 'promises.ts', 'subscribers.ts', 'steps.ts'];

/** Places below `server/src` that touch the outside world by design, free of the suffix rules. */
export const adapters: readonly string[] = ['screening/detectors/', 'enforcement/channels/', 'cli/'];

/** A suffix is a room: only files with it import these packages. */
export const rooms: readonly { suffix: string; packages: readonly string[] }[] = [
  { suffix: 'sql', packages: ['kysely', 'pg'] },
  { suffix: 'http', packages: ['fastify', '@fastify/[^/]+'] },
  { suffix: 'jobs', packages: ['graphile-worker'] },
];
