import type { LexiconEntry } from '../packages/screening/src/index.ts';
import { createEngine, defaultThresholds, harms, parseLinks } from '../packages/screening/src/index.ts';
import type { Claim, Measured } from './claim.ts';
import { percentile, seeded } from './figures.ts';
import { textOf } from './requests.ts';

const characters = 280;

/** Text of 280 characters in four languages through the engine, on one core, by size of the lexicon. */
export const claim: Claim = {
  unit: 'items/s',
  sizeOf: 'terms in the lexicon',
  baselineOf: 'each term looked for by String.includes in the text in lower case, without anything disguised being seen',
  short: [1_000, 10_000],
  full: [100, 1_000, 10_000],
  targets: { figure: { atLeast: 20_000 }, p99Ms: { atMost: 1 } },
  async measure(run) {
    const seconds = run.seconds / 2;
    const sizes: Measured[] = [];
    let p99Ms: number | null = null;
    for (const size of run.sizes) {
      const entries = lexiconOf(size);
      const engine = createEngine({
        lexicon: entries,
        lexiconVersion: `bench-${size}`,
        links: parseLinks({ bad: ['bad.example'], shorteners: ['s.example'], chats: [], riskyTlds: [], brands: [], bait: [] }),
        linksVersion: 'bench',
        hashBanks: [],
        thresholds: defaultThresholds,
      });
      const texts = textsOf(entries);
      const surface = { private: 'no', screening: true } as const;
      const took = timed(seconds, texts, (text) => engine.screen({ text, surface }));
      const terms = entries.flatMap(({ patterns }) => patterns);
      const plain = timed(Math.min(seconds, 1), texts, (text) => {
        const lower = text.toLowerCase();
        return terms.filter((term) => lower.includes(term));
      });
      sizes.push({ size, figure: took.perSecond, baseline: plain.perSecond });
      p99Ms = took.p99Ms;
      run.say(`  ${size} terms: ${Math.round(took.perSecond)} items/s, p99 ${took.p99Ms.toFixed(3)} ms`);
    }
    return { sizes, more: { p99Ms, characters } };
  },
};

const letters = {
  ms: 'abdegiklmnprstu',
  en: 'abcdefhiklmnoprstuw',
  zh: '今天夜市很多人蔬菜新鲜便宜下雨家车站旁边热闹',
  ta: 'இன்றுசந்தைமக்கள்மலிவுமழைமாலை',
} as const;
const languages = ['ms', 'en', 'zh', 'ta'] as const;

/** Made-up words, as many in each language. */
function lexiconOf(size: number): LexiconEntry[] {
  const random = seeded(size);
  return Array.from({ length: size }, (_, n) => {
    const language = languages[n % 4] as (typeof languages)[number];
    const from = [...letters[language]];
    const length = 4 + Math.floor(random() * 8);
    const word = Array.from({ length }, () => from[Math.floor(random() * from.length)]).join('');
    return {
      id: `term-${n}`,
      harm: harms[n % harms.length] as LexiconEntry['harm'],
      clause: 'bench.clause',
      language,
      group: `group-${n % 12}`,
      weight: 200_000,
      patterns: [`${word}${n.toString(36)}`],
    };
  });
}

/** A thousand texts: one in ten holds a link, one in twenty a term of the lexicon. */
function textsOf(entries: readonly LexiconEntry[]): string[] {
  return Array.from({ length: 1_000 }, (_, n) => {
    const planted = n % 20 === 0 ? ` ${entries[n % entries.length]?.patterns[0]} ` : n % 10 === 1 ? ' https://warung.example/p/12 ' : '';
    return `${textOf(n, characters - [...planted].length)}${planted}`;
  });
}

function timed(seconds: number, texts: readonly string[], work: (text: string) => unknown): { perSecond: number; p99Ms: number } {
  for (const text of texts) work(text);
  const took: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  let now = start;
  for (let n = 0; now < end; n += 1) {
    work(texts[n % texts.length] as string);
    const after = performance.now();
    took.push(after - now);
    now = after;
  }
  return { perSecond: took.length / ((now - start) / 1_000), p99Ms: percentile(took, 0.99) };
}
