import type { Harm } from './verdict.ts';

/** One piece of evidence, from a word, a link or a number; offsets in the original text. */
export interface Evidence {
  id: string;
  detector: 'lexicon' | 'links' | 'features';
  harm: Harm;
  clause: string;
  group: string;
  /** Millionths. */
  weight: number;
  start: number;
  end: number;
  context?: readonly string[] | undefined;
}

/** The best window of one harm. */
export interface Scored {
  harm: Harm;
  /** Millionths. */
  score: number;
  clause: string;
  evidence: Evidence[];
}

/**
 * UTF-16 units. A whole short message; in a long text the worst passage counts and neither a harmless rest dilutes it,
 * nor does a book of harmless hits add up.
 */
const WINDOW = 400;

/** Groups through which the reader can be reached: a warning that still carries one is no warning. */
const actionable = new Set(['contact', 'premium', 'odd-link', 'look-alike', 'bad-host', 'risky-tld', 'bait']);

/** Adds evidence up, harm by harm; a harm without evidence does not appear. The order of the evidence does not matter. */
export function score(evidence: readonly Evidence[]): Scored[] {
  if (evidence.length === 0) return [];
  const byHarm = new Map<Harm, Evidence[]>();
  for (const one of evidence) {
    const same = byHarm.get(one.harm);
    if (same) same.push(one);
    else byHarm.set(one.harm, [one]);
  }
  const result: Scored[] = [];
  for (const [harm, all] of byHarm) {
    all.sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
    const best = bestWindow(harm, all);
    if (best.evidence.length > 0) result.push(best);
  }
  return result;
}

function bestWindow(harm: Harm, all: readonly Evidence[]): Scored {
  let best: Scored = { harm, score: -1, clause: '', evidence: [] };
  const warned = all.some((one) => one.group === 'counter');
  const inside = new Map<string, number>();
  let to = 0;
  for (let from = 0; from < all.length; from++) {
    const start = (all[from] as Evidence).start;
    let fresh = from === 0;
    while (to < all.length && ((all[to] as Evidence).end <= start + WINDOW || to === from)) {
      const { id } = all[to++] as Evidence;
      const times = inside.get(id) ?? 0;
      if (times === 0) fresh = true;
      inside.set(id, times + 1);
    }
    // Only something new can make a window better than the one before, or leaving a warning behind.
    if (fresh || warned) {
      const scored = scoreWindow(harm, all, from, to);
      if (scored.score > best.score) best = scored;
    }
    const leaving = (all[from] as Evidence).id;
    inside.set(leaving, (inside.get(leaving) ?? 1) - 1);
  }
  return best;
}

function scoreWindow(harm: Harm, all: readonly Evidence[], from: number, to: number): Scored {
  const window = all.slice(from, to);
  const present = new Set(window.map((one) => one.group));
  const seen = new Map<string, Evidence>();
  for (const one of window) {
    const supported =
      !one.context ||
      one.context.some((group) => present.has(group) && (group !== one.group || window.some((o) => o.group === group && o.id !== one.id)));
    if (supported && one.group !== 'counter' && !seen.has(one.id)) seen.set(one.id, one);
  }
  const counted = [...seen.values()].sort((a, b) => b.weight - a.weight || a.start - b.start || (a.id < b.id ? -1 : 1));
  const times = new Map<string, number>();
  let doubt = 1;
  for (const one of counted) {
    const nth = times.get(one.group) ?? 0;
    times.set(one.group, nth + 1);
    // Independent parts multiply doubt; a synonym of what was already said adds a third.
    doubt *= 1 - (one.weight / 1_000_000) * (nth === 0 ? 1 : 1 / 3);
  }
  let total = 1 - doubt;
  if (!counted.some((one) => actionable.has(one.group))) total *= 1 - countered(all, from, to);
  return { harm, score: Math.round(total * 1_000_000), clause: heaviestClause(counted), evidence: counted };
}

/** How much is taken away by warnings and quotations in or beside the window; a scam with a number to call keeps its score. */
function countered(all: readonly Evidence[], from: number, to: number): number {
  const start = (all[from] as Evidence).start - WINDOW / 2;
  const end = (all[to - 1] as Evidence).end + WINDOW / 2;
  let first = from;
  while (first > 0 && (all[first - 1] as Evidence).start >= start) first -= 1;
  let most = 0;
  for (let i = first; i < all.length && (all[i] as Evidence).start < end; i++) {
    const one = all[i] as Evidence;
    if (one.group === 'counter' && one.end <= end) most = Math.max(most, one.weight);
  }
  return most / 1_000_000;
}

function heaviestClause(counted: readonly Evidence[]): string {
  const words = counted.filter((one) => one.detector === 'lexicon');
  const sums = new Map<string, number>();
  for (const one of words.length > 0 ? words : counted) sums.set(one.clause, (sums.get(one.clause) ?? 0) + one.weight);
  let best = '';
  for (const [clause, sum] of sums)
    if (best === '' || sum > (sums.get(best) ?? 0) || (sum === sums.get(best) && clause < best)) best = clause;
  return best;
}
