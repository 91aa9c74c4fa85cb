import { append } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Content that raised nothing is not stored: each screener counts it, and writes one record a minute, surface by surface. */
export interface ScreeningCounter {
  /** One item of that service and surface was allowed. */
  allowed(service: string, surface: string, language: string): void;
  /** What was counted since the last call, and forgets it; give it back with `restore` where it could not be written. */
  take(): Count[];
  restore(counts: readonly Count[]): void;
}

export interface Count {
  readonly service: string;
  readonly surface: string;
  allowed: number;
  readonly languages: Record<string, number>;
}

export function createCounter(): ScreeningCounter {
  let counts = new Map<string, Count>();
  const of = (service: string, surface: string) => {
    const key = `${service}/${surface}`;
    const count = counts.get(key) ?? { service, surface, allowed: 0, languages: {} };
    counts.set(key, count);
    return count;
  };
  return {
    allowed(service, surface, language) {
      const count = of(service, surface);
      count.allowed++;
      count.languages[language] = (count.languages[language] ?? 0) + 1;
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    restore(taken) {
      for (const { service, surface, allowed, languages } of taken) {
        const count = of(service, surface);
        count.allowed += allowed;
        for (const [language, n] of Object.entries(languages)) count.languages[language] = (count.languages[language] ?? 0) + n;
      }
    },
  };
}

/** Writes what was counted as `screening.counted` records. Run each minute and before the process stops; a crash loses the minute it is in. */
export async function writeCounts(house: House): Promise<number> {
  const counts = house.counter.take();
  if (counts.length === 0) return 0;
  const minute = new Date(Math.floor(house.clock.now().getTime() / 60_000) * 60_000).toISOString();
  try {
    await house.db.begin('jobs', async (tx) => {
      for (const { service, surface, allowed, languages } of counts) {
        await append(house, tx, { kind: 'screening.counted', service, payload: { surface, minute, allowed, languages }, versions: house.engine.versions });
      }
    });
  } catch (error) {
    house.counter.restore(counts);
    throw error;
  }
  return counts.length;
}
