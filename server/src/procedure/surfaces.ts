import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/transaction.ts';
import * as subjects from '../subjects/index.ts';

const keepMs = 5_000;

/** Surfaces from memory, read again after five seconds: screening asks for one an item, and they change once a month. */
export function surfaceCache(db: Database, clock: Clock): { of(service: string, slug: string): Promise<subjects.Surface | undefined> } {
  const kept = new Map<string, { until: number; surface: Promise<subjects.Surface | undefined> }>();
  return {
    of(service, slug) {
      const key = `${service}/${slug}`;
      const now = clock.now().getTime();
      const known = kept.get(key);
      if (known && known.until > now) return known.surface;
      const surface = db.begin('doors', (tx) => subjects.surface(tx, service, slug));
      // What isn't there is asked for again at once; a failure is nobody's answer.
      surface.then(
        (found) => found === undefined && kept.delete(key),
        () => kept.delete(key),
      );
      if (kept.size > 10_000) kept.clear();
      kept.set(key, { until: now + keepMs, surface });
      return surface;
    },
  };
}
