/** Content that raised nothing is not stored: each screener counts it, and writes one record a minute, surface by surface. */
export interface ScreeningCounter {
  /** One item of that service and surface was allowed. */
  allowed(service: string, surface: string, language: string): void;
  /** What was counted since the last call, and forgets it; give it back with `restore` where it could not be written. */
  take(): Count[];
  restore(counts: readonly Count[]): void;
}

export interface Count {
  readonly service: string;
  readonly surface: string;
  allowed: number;
  readonly languages: Record<string, number>;
}

export function createCounter(): ScreeningCounter {
  let counts = new Map<string, Count>();
  const of = (service: string, surface: string) => {
    const key = `${service}/${surface}`;
    const count = counts.get(key) ?? { service, surface, allowed: 0, languages: {} };
    counts.set(key, count);
    return count;
  };
  return {
    allowed(service, surface, language) {
      const count = of(service, surface);
      count.allowed++;
      count.languages[language] = (count.languages[language] ?? 0) + 1;
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    restore(taken) {
      for (const { service, surface, allowed, languages } of taken) {
        const count = of(service, surface);
        count.allowed += allowed;
        for (const [language, n] of Object.entries(languages)) count.languages[language] = (count.languages[language] ?? 0) + n;
      }
    },
  };
}
