import { append } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';

/** Writes what rules hit as one record a minute and process, and keeps where. A crash loses the minute it is in. */
export async function writeRuleCounts(house: House): Promise<boolean> {
  const counts = house.ruleCounter.take();
  if (counts === null) return false;
  const now = house.clock.now();
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString();
  try {
    await house.db.begin('jobs', async (tx) => {
      const ids = new Map(
        (await screening.allRules(tx)).map((rule) => [screening.ruleKey({ rule: rule.slug, version: rule.version }), rule.id]),
      );
      const hits = Object.fromEntries([...counts.hits].flatMap(([key, n]) => (ids.has(key) ? [[ids.get(key), n]] : [])));
      const payload = { minute, screened: counts.screened, hits };
      await screening.countRules(await append(house, tx, { kind: 'rules.counted', service: wholeProvider, payload }));
      const samples = counts.samples.flatMap(({ key, sample }) => (ids.has(key) ? [{ ...sample, rule: ids.get(key) as string }] : []));
      await screening.keepSamples(tx, samples, now);
    });
  } catch (error) {
    house.ruleCounter.restore(counts);
    throw error;
  }
  return true;
}
