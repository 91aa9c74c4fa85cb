/** The tries of one log-in since the last success. */
export interface Attempts {
  readonly failed: number;
  readonly lastAt: Date;
  readonly lockedUntil: Date | null;
}

/** So many tries are free. */
export const freeTries = 5;

const firstLockMs = 60_000;
const longestLockMs = 15 * 60_000;

/** Tries are forgotten this long after the last one. */
export const forgottenAfterMs = 24 * 60 * 60_000;

/**
 * Counts one more try *before* it is checked (a success forgets it again), so that a hundred at once get no more answers than five. The
 * fifth and each later one shuts the log-in: 1, 2, 4, 8, then 15 minutes. No longer than that, since anybody can shut out anybody: the second
 * factor is what guessing fails at, this only makes it slow. Null: it is shut, and the try is not looked at.
 */
export function countTry(before: Attempts | null, now: Date): Attempts | null {
  if (before?.lockedUntil && before.lockedUntil > now) return null;
  const fresh = before === null || now.getTime() - before.lastAt.getTime() > forgottenAfterMs;
  const failed = fresh ? 1 : before.failed + 1;
  const lockMs = failed < freeTries ? 0 : Math.min(firstLockMs * 2 ** Math.min(failed - freeTries, 10), longestLockMs);
  return { failed, lastAt: now, lockedUntil: lockMs === 0 ? null : new Date(now.getTime() + lockMs) };
}
