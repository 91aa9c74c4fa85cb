import { exponent } from './figures.ts';

/** What a figure must reach. Of a rate at least so much, of a time at most. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One run of a bench. */
export interface Run {
  readonly full: boolean;
  /** Ascending; the last one is the size that the figure is told for. */
  readonly sizes: readonly number[];
  /** How long one thing is measured: 2.5 in the short form, 10 in the full one. */
  readonly seconds: number;
  /** Folder for CPU profiles of the server; null where nobody asked. */
  readonly profile: string | null;
  /** What was started is ended by these, the newest first, also after an error or a signal. */
  readonly ends: AsyncDisposableStack;
  /** A line for whoever watches. */
  say(line: string): void;
}

export interface Measured {
  readonly size: number;
  readonly figure: number;
  /** The same by what we compare with, in the same run. */
  readonly baseline: number | null;
}

export interface Measurement {
  readonly sizes: readonly Measured[];
  /** Whatever else was measured, by name; rows of `targets` are looked up here. */
  readonly more: Readonly<Record<string, number | null>>;
}

/** One claim: what is measured, and what it must reach. Each `NAME.bench.ts` exports one as `claim`. */
export interface Claim {
  readonly unit: string;
  /** What `size` counts. */
  readonly sizeOf: string;
  /** What the baseline is; null where there is none. */
  readonly baselineOf: string | null;
  readonly short: readonly number[];
  readonly full: readonly number[];
  readonly targets: { readonly figure: Target } & Readonly<Record<string, Target>>;
  measure(run: Run): Promise<Measurement>;
}

export interface Result {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly size: number;
  readonly baseline: number | null;
  /** Above 1 ours is better. */
  readonly ratio: number | null;
  readonly sizes: readonly (Measured & { readonly ratio: number | null })[];
  /** How the cost of one grows with the size: 0 not at all, 1 in proportion. Null in the short form. */
  readonly exponent: number | null;
  readonly target: number;
  /** Null in the short form: only a full one may say so. */
  readonly met: boolean | null;
  readonly [more: string]: unknown;
}

/** The sizes of a run. `wanted` becomes the largest, and the others keep their distance from it. */
export function sizesOf(claim: Pick<Claim, 'short' | 'full'>, { full, size }: { full: boolean; size: number | undefined }): number[] {
  const usual = full ? claim.full : claim.short;
  const most = usual.at(-1) as number;
  return usual.map((one) => (size === undefined ? one : Math.max(1, Math.round((one / most) * size))));
}

/** What was measured as the one JSON object that every bench ends with. */
export function conclude(name: string, claim: Claim, { sizes, more }: Measurement, full: boolean): Result {
  const { figure: target } = claim.targets;
  const rises = 'atLeast' in target;
  const ratio = ({ figure, baseline }: Measured) => (baseline === null ? null : round(rises ? figure / baseline : baseline / figure));
  const told = sizes.map((one) => ({
    size: one.size,
    figure: round(one.figure),
    baseline: one.baseline === null ? null : round(one.baseline),
    ratio: ratio(one),
  }));
  const last = told.at(-1);
  if (!last) throw new RangeError(`${name} has measured nothing`);
  const values: Readonly<Record<string, number | null>> = { ...more, figure: last.figure };
  const reached = Object.entries(claim.targets).every(([of, wanted]) => reaches(values[of] ?? null, wanted));
  return {
    name,
    figure: last.figure,
    unit: claim.unit,
    size: last.size,
    baseline: last.baseline,
    ratio: last.ratio,
    sizes: told,
    exponent: full ? roundTo(exponent(sizes.map(({ size, figure }) => ({ size, cost: rises ? 1 / figure : figure }))), 2) : null,
    target: bound(target),
    met: full ? reached : null,
    sizeOf: claim.sizeOf,
    baselineOf: claim.baselineOf,
    ...Object.fromEntries(Object.entries(more).map(([of, value]) => [of, value === null ? null : round(value)])),
    targets: claim.targets,
  };
}

/** Three figures are enough for whoever compares, and all that a run can promise. */
function round(value: number): number {
  return value >= 1_000 ? Math.round(value) : Number(value.toPrecision(3));
}

function roundTo(value: number | null, places: number): number | null {
  return value === null ? null : Number(value.toFixed(places));
}

function bound(target: Target): number {
  return 'atLeast' in target ? target.atLeast : target.atMost;
}

function reaches(value: number | null, target: Target): boolean {
  if (value === null) return false;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}
