import { append } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Writes what was counted as `screening.counted` records. Run each minute and before the process stops; a crash loses the minute it is in. */
export async function writeCounts(house: House): Promise<number> {
  const counts = house.counter.take();
  if (counts.length === 0) return 0;
  const minute = new Date(Math.floor(house.clock.now().getTime() / 60_000) * 60_000).toISOString();
  try {
    await house.db.begin('jobs', async (tx) => {
      for (const { service, surface, allowed, languages } of counts) {
        await append(house, tx, {
          kind: 'screening.counted',
          service,
          payload: { surface, minute, allowed, languages },
          versions: house.engine.versions,
        });
      }
    });
  } catch (error) {
    house.counter.restore(counts);
    throw error;
  }
  return counts.length;
}
