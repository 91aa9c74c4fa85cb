/** A language the word lists cover (BCP 47). */
export type Language = 'ms' | 'en' | 'zh' | 'ta';

/** The seven harms of the Code. */
export type Harm = 'csam' | 'intimate-image' | 'scam' | 'bullying-hate' | 'violence-terrorism' | 'child-harm' | 'manipulated-media';

/** The seven harms, the most urgent first, as in `catalogue/harms.json`: this order breaks ties between verdicts of equal strength. */
export const harms: readonly Harm[] = [
  'csam',
  'intimate-image',
  'scam',
  'violence-terrorism',
  'child-harm',
  'bullying-hate',
  'manipulated-media',
];

/** What the engine advises. `withhold` is temporary inaccessibility until a person has looked. */
export type Verdict = 'allow' | 'withhold' | 'review' | 'restrict' | 'block';

/** Weakest first. `restrict` (limited reach) takes something from the author that `review` (published, looked at soon) does not. */
export const verdictOrder: readonly Verdict[] = ['allow', 'review', 'restrict', 'withhold', 'block'];

/** The stronger of two verdicts by `verdictOrder`. */
export function strongest(a: Verdict, b: Verdict): Verdict {
  return verdictOrder.indexOf(a) >= verdictOrder.indexOf(b) ? a : b;
}

export type Level = 'low' | 'medium' | 'high';

/** One finding. Never holds the text itself, so that it may be stored in a record. */
export interface Signal {
  detector: string;
  version: string;
  harm: Harm;
  clause: string;
  /** Millionths, 0 to 1,000,000. Not a probability: the scores are not calibrated. */
  score: number;
  level: Level;
  /** UTF-16 offsets in the original text, end exclusive. */
  span?: { start: number; end: number };
  /** Id of the entry that hit, never its words. */
  term?: string;
}

/** A rule that held for an item. */
export interface RuleHit {
  rule: string;
  version: string;
  harm: Harm;
  clause: string;
  verdict: Verdict;
}

/** A rule that could not be told for an item, and so did not hit. */
export interface Untold {
  rule: string;
  version: string;
  /** The first name that was not handed in (`account.strikes`), or null. */
  missing: string | null;
  /** Otherwise what failed: `division_by_zero`, `numeric_overflow`; or null. */
  failed: string | null;
}

/** The engine's answer for one item. `harm` and `clause` are null when the verdict is `allow`. */
export interface Screened {
  verdict: Verdict;
  harm: Harm | null;
  clause: string | null;
  language: Language | 'mixed' | 'unknown';
  /** The strongest first. A live rule that held is one of them: its detector is `rule:ID`. */
  signals: Signal[];
  /** Shadow rules that held: what they would have said. They change nothing else. */
  shadow: RuleHit[];
  /** Live and shadow rules that could not be told, mostly because the platform did not hand in what they ask for. */
  untold: Untold[];
  /** Version of every part that took part: engine, normaliser, lexicon, links, rules where there are any, and `bank:NAME` a bank. */
  versions: Record<string, string>;
}

/** From which score (millionths) a harm's finding is medium or high, and what is advised then. */
export interface HarmThreshold {
  medium: number;
  high: number;
  atMedium: Verdict;
  atHigh: Verdict;
}

export type Thresholds = Record<Harm, HarmThreshold>;

const ask: HarmThreshold = { medium: 500_000, high: 800_000, atMedium: 'review', atHigh: 'review' };

/**
 * Words alone never take content away, with one exception: a scam is priority content under the Code,
 * and one that is highly suspected is withheld at once and then looked at.
 */
export const defaultThresholds: Thresholds = {
  csam: ask,
  'child-harm': ask,
  'violence-terrorism': ask,
  'intimate-image': ask,
  scam: { medium: 500_000, high: 800_000, atMedium: 'review', atHigh: 'withhold' },
  'bullying-hate': ask,
  'manipulated-media': ask,
};

/** The level of a score under a harm's threshold. */
export function levelOf(score: number, threshold: HarmThreshold): Level {
  if (score >= threshold.high) return 'high';
  return score >= threshold.medium ? 'medium' : 'low';
}

/** The advice for a level. */
export function adviceFor(level: Level, threshold: HarmThreshold): Verdict {
  if (level === 'high') return threshold.atHigh;
  return level === 'medium' ? threshold.atMedium : 'allow';
}
