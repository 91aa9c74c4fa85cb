/** From so many people in Malaysia on, a licence is needed (the Licensing Framework of 1 August 2024). */
export const licensedFrom = 8_000_000;
/** From nine tenths of it on, somebody should know. */
const near = 0.9;

/** The newest figures of one surface. */
export interface UserCount {
  readonly service: string;
  readonly surface: string;
  /** YYYY-MM-DD in Kuala Lumpur. */
  readonly day: string;
  /** Most at the same moment. */
  readonly peak: number;
  readonly daily: number;
  readonly monthly: number;
  /** How the provider counts, in its own words. */
  readonly method: string;
}

export type Nearness = 'below' | 'near' | 'crossed';

/** Where a service stands: by the largest monthly figure of its surfaces, since the same person may use several and a sum would count them twice. */
export function nearness(counts: readonly Pick<UserCount, 'monthly'>[]): Nearness {
  const most = Math.max(0, ...counts.map(({ monthly }) => monthly));
  return most >= licensedFrom ? 'crossed' : most >= licensedFrom * near ? 'near' : 'below';
}
