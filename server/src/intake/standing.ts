/** How the reports of one reporter ended. What somebody else's report had decided already is not counted: it says nothing of them. */
export interface Tally {
  readonly reports: number;
  readonly actioned: number;
  readonly noViolation: number;
  readonly dismissed: number;
  /** Of the dismissed, those that were vexatious and dismissed within the last ninety days. */
  readonly vexatious: number;
}

/** Of the reports that were judged, how many led to something; null where too few were to say anything. */
export function accuracy({ actioned, noViolation, dismissed }: Tally): number | null {
  const judged = actioned + noViolation + dismissed;
  return judged < 5 ? null : actioned / judged;
}

export const vexatiousDays = 90;
const vexatiousLimit = 3;

/**
 * Whose reports were dismissed as vexatious three times within ninety days is slowed: they stand after the others of their class. They keep
 * their answer and their clocks, and nothing is dismissed because of it.
 */
export function isSlowed({ vexatious }: Pick<Tally, 'vexatious'>): boolean {
  return vexatious >= vexatiousLimit;
}

/** A report on one item, as the rule of floods sees it. */
export interface Arrival {
  /** Days since the reporter's account exists; null where the platform doesn't say, or there is no account. */
  readonly ageDays: number | null;
}

export const floodMinutes = 60;
const floodLimit = 10;

/**
 * A flood: ten or more reports on one item within the hour, at least half of them from accounts that are no older than a day. It marks the
 * case for who decides it and does nothing else: each report, the honest one among them too, keeps its answer and its clocks.
 */
export function isFlood(withinTheHour: readonly Arrival[]): boolean {
  return withinTheHour.length >= floodLimit && youngAmong(withinTheHour) * 2 >= withinTheHour.length;
}

export function youngAmong(arrivals: readonly Arrival[]): number {
  return arrivals.filter(({ ageDays }) => ageDays !== null && ageDays <= 1).length;
}
