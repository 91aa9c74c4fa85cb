import { findFeatures } from './features.ts';
import type { FileHashes, HashBank } from './hashes.ts';
import { HashIndex } from './hashes.ts';
import { identify } from './language.ts';
import type { Hit, LexiconEntry } from './lexicon.ts';
import { CompiledLexicon } from './lexicon.ts';
import type { LinkList } from './links.ts';
import { LinkFinder } from './links.ts';
import { fold, normaliserVersion, View } from './normalise.ts';
import type { RuleSet } from './rules.ts';
import { CompiledRules } from './rules.ts';
import { MOST_SIGNALS } from './rules-check.ts';
import type { AccountFeatures, ItemFeatures } from './rules-vocabulary.ts';
import type { Evidence, Scored } from './score.ts';
import { score } from './score.ts';
import { undisguise } from './undisguise.ts';
import type { Screened, Signal, Thresholds, Verdict } from './verdict.ts';
import { adviceFor, harms, levelOf, verdictOrder } from './verdict.ts';

const engineVersion = '1';

/** Below this (millionths) a harm is not mentioned: every second message holds a link or a sum. */
const SILENT = 250_000;

/** One item. `private: 'grey'` is a surface that is neither, such as a large closed group. */
export interface Subject {
  text?: string;
  hashes?: FileHashes[];
  surface: { private: 'yes' | 'no' | 'grey'; screening: boolean };
  /** For rules: see `vocabulary`. A value that is not of the declared type counts as missing. */
  item?: ItemFeatures;
  account?: AccountFeatures;
}

/** Everything the engine knows; it reads nothing by itself. */
export interface EngineData {
  lexicon: LexiconEntry[];
  lexiconVersion: string;
  links: LinkList;
  linksVersion: string;
  hashBanks: HashBank[];
  thresholds: Thresholds;
  rules?: RuleSet;
}

/** One engine serves one thread; `screen` is synchronous and remembers nothing between items. */
export interface Engine {
  /** @throws ScreeningError `malformed-hash`; no text makes it throw */
  screen(subject: Subject): Screened;
  readonly versions: Record<string, string>;
  /** From the next item on. @throws ScreeningError `malformed-rules`; then the rules before stay in force */
  useRules(set: RuleSet): void;
  /** @throws ScreeningError `unknown-bank`, `malformed-hash`; then nothing was added */
  addHashes(bank: string, hashes: FileHashes[]): void;
  /** @throws ScreeningError `unknown-bank`, `malformed-hash`; then nothing was removed */
  removeHashes(bank: string, hashes: FileHashes[]): void;
}

/**
 * Compiles the lists into an engine; about 10 ms a thousand words.
 * @throws ScreeningError for a list or bank that is not well formed
 */
export function createEngine(data: EngineData): Engine {
  const lexicon = new CompiledLexicon(data.lexicon);
  const finder = new LinkFinder(data.links);
  const index = new HashIndex(data.hashBanks);
  const view = new View();
  const second = new View();
  const lists = { engine: engineVersion, normaliser: normaliserVersion, lexicon: data.lexiconVersion, links: data.linksVersion };
  let rules: CompiledRules | null = null;
  let versions: Record<string, string> = { ...lists, ...index.versions() };
  if (data.rules) useRules(data.rules);
  const detectorVersions = { lexicon: data.lexiconVersion, links: data.linksVersion, features: engineVersion };

  function useRules(set: RuleSet): void {
    const compiled = new CompiledRules(set);
    rules = compiled.size > 0 ? compiled : null;
    // A new object: results that were given keep naming the rules of their time.
    versions = { ...lists, rules: set.version, ...index.versions() };
  }

  function readText(text: string): { evidence: Evidence[]; language: Screened['language']; links: number } {
    fold(text, view);
    const hits = lexicon.find(view, text);
    const features = findFeatures(text, finder);
    const inLinks = features.reduce((sum, one) => (one.id === 'link' ? sum + one.end - one.start : sum), 0);
    const language = identify(view, lexicon.votes, inLinks);
    if (view.suspectFrom >= 0) addUndisguised(text, hits);
    const evidence: Evidence[] = hits.map((hit) => {
      const { id, harm, clause, group, weight, context } = data.lexicon[hit.entry] as LexiconEntry;
      return { id, detector: 'lexicon', harm, clause, group, weight, context, start: hit.start, end: hit.end };
    });
    for (const feature of features) evidence.push({ ...feature, detector: feature.id.startsWith('link') ? 'links' : 'features' });
    return { evidence, language, links: features.filter((one) => one.id === 'link').length };
  }

  function addUndisguised(text: string, hits: Hit[]): void {
    const { suspectFrom, suspectTo } = view;
    let first = '';
    for (const one of ['i', 'l'] as const) {
      const plain = undisguise(text, suspectFrom, suspectTo, one);
      if (!plain || plain.text === first) return;
      first = plain.text;
      fold(plain.text, second, plain.origins);
      for (const hit of lexicon.find(second, text, plain.loose)) hits.push(hit);
    }
  }

  /** The harm's own finding, and below it what it was made of, for the person who looks. */
  function judge(scored: Scored): Judged[] {
    const threshold = data.thresholds[scored.harm];
    const level = levelOf(scored.score, threshold);
    if (level === 'low' && scored.score < SILENT) return [];
    const span = { start: Math.min(...scored.evidence.map((one) => one.start)), end: Math.max(...scored.evidence.map((one) => one.end)) };
    const whole: Signal = {
      detector: 'score',
      version: engineVersion,
      harm: scored.harm,
      clause: scored.clause,
      score: scored.score,
      level,
      span,
    };
    const parts = scored.evidence.map((one): Judged => {
      const { detector, harm, clause, weight, start, end, id } = one;
      const own = levelOf(weight, threshold);
      return {
        signal: { detector, version: detectorVersions[detector], harm, clause, score: weight, level: own, span: { start, end }, term: id },
        verdict: 'allow',
      };
    });
    return [{ signal: whole, verdict: adviceFor(level, threshold) }, ...parts];
  }

  function screen(subject: Subject): Screened {
    const result: Screened = {
      verdict: 'allow',
      harm: null,
      clause: null,
      language: 'unknown',
      signals: [],
      shadow: [],
      untold: [],
      versions,
    };
    if (!subject.surface.screening) return result;
    let found: Judged[] = [];
    let links = 0;
    for (const file of subject.hashes ?? []) {
      for (const bank of index.match(file)) {
        const signal: Signal = {
          detector: `bank:${bank.name}`,
          version: bank.version,
          harm: bank.harm,
          clause: bank.clause,
          score: 1_000_000,
          level: 'high',
        };
        found.push({ signal, verdict: bank.action });
      }
    }
    if (subject.text !== undefined && subject.text !== '') {
      const read = readText(subject.text);
      result.language = read.language;
      links = read.links;
      for (const scored of score(read.evidence)) found.push(...judge(scored));
    }
    found = found.sort(strongestFirst).slice(0, MOST_SIGNALS);
    if (rules) found = withRules(rules, subject, links, found, result);
    result.signals = found.map((one) => one.signal);
    const first = found[0];
    if (first && first.verdict !== 'allow') {
      result.verdict = first.verdict;
      result.harm = first.signal.harm;
      result.clause = first.signal.clause;
    }
    return result;
  }

  return {
    screen,
    useRules,
    get versions() {
      return versions;
    },
    addHashes: (bank, hashes) => index.add(bank, hashes),
    removeHashes: (bank, hashes) => index.remove(bank, hashes),
  };
}

/** Asks the rules about what the detectors found. Each live one that holds is a finding as theirs are, and none of them is left out. */
function withRules(rules: CompiledRules, subject: Subject, links: number, found: Judged[], result: Screened): Judged[] {
  const { text, hashes, surface, item, account } = subject;
  const told = rules.tell({
    item: {
      ...item,
      private: surface.private,
      language: result.language,
      text_length: text?.length ?? 0,
      links,
      media: item?.media ?? hashes?.length ?? 0,
    },
    account: account ?? {},
    signals: found.map((one) => one.signal),
  });
  result.shadow = told.shadow;
  result.untold = told.untold;
  if (told.live.length === 0) return found;
  const hits = told.live.map(({ rule, version, harm, clause, verdict }): Judged => {
    // As with hashes: it holds or it does not, there is nothing between.
    return { signal: { detector: `rule:${rule}`, version, harm, clause, score: 1_000_000, level: 'high' }, verdict };
  });
  return [...found, ...hits].sort(strongestFirst);
}

interface Judged {
  signal: Signal;
  verdict: Verdict;
}

function strongestFirst(a: Judged, b: Judged): number {
  return (
    verdictOrder.indexOf(b.verdict) - verdictOrder.indexOf(a.verdict) ||
    harms.indexOf(a.signal.harm) - harms.indexOf(b.signal.harm) ||
    b.signal.score - a.signal.score ||
    (a.signal.span?.start ?? -1) - (b.signal.span?.start ?? -1) ||
    (a.signal.detector < b.signal.detector ? -1 : 1)
  );
}
