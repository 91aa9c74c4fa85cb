import type { Ran } from './run.ts';
import { run } from './run.ts';

/**
 * `npm run check`: what a change must pass before it is shown to anybody, in under 30 s: two checks at a time, as many as the smallest
 * machine has cores, the longest first. All are run to the end, so that one call shows everything that is wrong.
 */
const checks: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['tests touched', 'vitest', ['run', '--changed', '--passWithNoTests', '--exclude', '**/*.browser.test.ts']],
  ['types', 'node', ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json', '--noEmit']],
  ['lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['boundaries', 'node', ['tools/structure.ts']],
  ['unused', 'knip', ['--no-config-hints']],
  ['sizes', 'node', ['tools/sizes.ts']],
];

function tell({ name, code, output, seconds }: Ran): void {
  if (code !== 0) console.error(`\n── ${name} ──\n${output.trimEnd()}\n`);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds.toFixed(1)} s`);
}

const waiting = [...checks];
let failed = 0;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const ran = await run(...next);
    tell(ran);
    if (ran.code !== 0) failed += 1;
  }
}

await Promise.all([work(), work()]);
if (failed > 0) process.exitCode = 1;
