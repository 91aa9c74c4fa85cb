import type { RuleHit, Screened } from '@perisai/screening';

/** Where a rule hit, as the platform names it. What the content said is not kept: nothing was decided about it. */
export interface RuleSample {
  readonly service: string;
  readonly kind: string;
  readonly surface: string;
  readonly item: string;
  readonly url: string | null;
}

/** What each screener remembers of its rules between two minutes. */
export interface RuleCounter {
  /** One item was screened. Returns the live rules that hit it, with what they hit since they count here. */
  saw(screened: Screened, sample: RuleSample): readonly LiveHit[];
  /** What was counted since the last call, and forgets it; null where nothing was screened. */
  take(): RuleCounts | null;
  restore(counts: RuleCounts): void;
  /** Forgets what live rules hit: the set has changed, or an hour is over. */
  restart(): void;
}

interface LiveHit {
  readonly rule: string;
  readonly version: string;
  readonly hits: number;
  readonly screened: number;
}

export interface RuleCounts {
  screened: number;
  /** By `slug version`. */
  readonly hits: Map<string, number>;
  readonly samples: { readonly key: string; readonly sample: RuleSample }[];
}

const samplesAMinute = 5;

export const ruleKey = ({ rule, version }: Pick<RuleHit, 'rule' | 'version'>): string => `${rule} ${version}`;

export function createRuleCounter(): RuleCounter {
  let counts: RuleCounts = { screened: 0, hits: new Map(), samples: [] };
  let live = { screened: 0, hits: new Map<string, number>() };
  const note = (key: string, sample: RuleSample) => {
    const before = counts.hits.get(key) ?? 0;
    counts.hits.set(key, before + 1);
    if (before < samplesAMinute) counts.samples.push({ key, sample });
  };
  return {
    saw(screened, sample) {
      counts.screened++;
      live.screened++;
      for (const hit of screened.shadow) note(ruleKey(hit), sample);
      return screened.signals.flatMap(({ detector, version }) => {
        if (!detector.startsWith('rule:')) return [];
        const rule = detector.slice('rule:'.length);
        const key = ruleKey({ rule, version });
        note(key, sample);
        const hits = (live.hits.get(key) ?? 0) + 1;
        live.hits.set(key, hits);
        return [{ rule, version, hits, screened: live.screened }];
      });
    },
    take() {
      if (counts.screened === 0) return null;
      const taken = counts;
      counts = { screened: 0, hits: new Map(), samples: [] };
      return taken;
    },
    restore(taken) {
      counts.screened += taken.screened;
      for (const [key, hits] of taken.hits) counts.hits.set(key, (counts.hits.get(key) ?? 0) + hits);
      counts.samples.push(...taken.samples);
    },
    restart() {
      live = { screened: 0, hits: new Map() };
    },
  };
}
