/** The value below which that share of the sample lies (nearest rank); NaN of nothing. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = Float64Array.from(sample).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The slope of cost over size, both in logarithms (least squares): how cost grows. Sizes of 0 say nothing; null below two others. */
export function exponent(points: readonly { readonly size: number; readonly cost: number }[]): number | null {
  const logs = points.filter(({ size, cost }) => size > 0 && cost > 0).map(({ size, cost }) => [Math.log(size), Math.log(cost)] as const);
  if (logs.length < 2) return null;
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const across = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const along = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return along === 0 ? null : across / along;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32): fast, and never for secrets. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
