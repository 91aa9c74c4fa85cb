import { expect } from 'vitest';
import { runBench } from './command.ts';

/** Runs a bench at a tiny size, and holds what it prints to the form that all have. Wrong figures are not its matter. */
export async function hasTheForm(name: string): Promise<void> {
  const { code, said, complained, left } = await runBench(name, '--size', '20', '--seconds', '0.2', '--json').ended;
  expect({ code, complained, left }).toEqual({ code: 0, complained: '', left: [] });
  const result = JSON.parse(said) as Record<string, unknown> & { sizes: unknown[]; targets: object };
  const number = expect.any(Number);
  const orNull = expect.toSatisfy((value) => value === null || typeof value === 'number');
  const size = { size: number, figure: number, baseline: orNull, ratio: orNull };
  expect(result).toMatchObject({ name, ...size, unit: expect.any(String), exponent: null, target: number, met: null });
  expect(result.sizes).toEqual(result.sizes.map(() => size));
  expect(result['figure']).toBeGreaterThan(0);
  expect(result['failed'] ?? 0).toBe(0);
  // Every further target names a figure that was measured.
  for (const of of Object.keys(result.targets)) expect(result).toHaveProperty([of], number);
}
