import type { Claim, Measured } from './claim.ts';
import { openHouse } from './house.ts';
import { costs, startGenerator } from './load.ts';
import { bareTransactions } from './report-baseline.ts';

const connections = 24;

/** `POST /v1/reports`, durable when answered: with its records, keys and clocks. Told at so many reports that lie there already. */
export const claim: Claim = {
  unit: 'requests/s',
  sizeOf: 'reports received before',
  baselineOf: 'a bare client that writes twenty rows by twenty statements in one durable transaction, eight at a time',
  short: [300, 1_500],
  full: [1_000, 10_000, 100_000],
  targets: {
    figure: { atLeast: 650 },
    perServerCpuSecond: { atLeast: 450 },
    p99Ms: { atMost: 60 },
    samePostPerSecond: { atLeast: 350 },
  },
  async measure(run) {
    const house = await openHouse(run);
    const generator = startGenerator(run, house);
    const { seconds } = run;
    let held = 0;
    let last = await generator.run({ recipe: 'report', connections, seconds: 1, most: 50 });
    held += last.done;
    run.say('  warm');
    const sizes: Measured[] = [];
    for (const size of run.sizes) {
      if (held < size) held += (await generator.run({ recipe: 'report', connections, seconds: 600, most: size - held })).done;
      last = await generator.run({ recipe: 'report', connections, seconds });
      held += last.done;
      sizes.push({ size, figure: last.perSecond, baseline: await bareTransactions(house.ownerUrl, seconds / 2) });
      run.say(`  at ${size} reports: ${Math.round(last.perSecond)}/s, p99 ${last.p99.toFixed(1)} ms with ${connections} connections`);
    }
    const calm = await generator.run({ recipe: 'report', connections: 128, seconds, rate: last.perSecond * 0.7 });
    const same = await generator.run({ recipe: 'report-same-post', connections, seconds });
    return {
      sizes,
      more: {
        ...costs(last),
        rateOfP99: calm.perSecond,
        p50Ms: calm.p50,
        p99Ms: calm.p99,
        samePostPerSecond: same.perSecond,
        failed: last.failed + calm.failed + same.failed,
      },
    };
  },
};
