import type { Claim, Measured } from './claim.ts';
import { openHouse } from './house.ts';
import { costs, startGenerator } from './load.ts';

const connections = 32;

/** `POST /v1/screen` with text that raises nothing, on a process as it is started by default. */
export const claim: Claim = {
  unit: 'requests/s',
  sizeOf: 'characters',
  baselineOf: null,
  short: [28, 280],
  full: [28, 280, 2_800],
  targets: { figure: { atLeast: 5_000 }, p99Ms: { atMost: 25 } },
  async measure(run) {
    const house = await openHouse(run);
    const generator = startGenerator(run, house);
    const { seconds } = run;
    await generator.run({ recipe: 'screen', connections, seconds });
    const sizes: Measured[] = [];
    let told: Record<string, number | null> = {};
    for (const size of run.sizes) {
      const load = await generator.run({ recipe: 'screen', connections, seconds, characters: size });
      const calm = await generator.run({ recipe: 'screen', connections: 128, seconds, characters: size, rate: load.perSecond * 0.7 });
      told = { ...costs(load), rateOfP99: calm.perSecond, p50Ms: calm.p50, p99Ms: calm.p99, failed: load.failed + calm.failed };
      sizes.push({ size, figure: load.perSecond, baseline: null });
      run.say(`  ${size} characters: ${Math.round(load.perSecond)}/s, p99 ${calm.p99.toFixed(1)} ms at ${Math.round(calm.perSecond)}/s`);
    }
    return { sizes, more: told };
  },
};
