import { Automaton } from './automaton.ts';
import { SPACE, scriptOf } from './codepoints.ts';
import { ScreeningError } from './errors.ts';
import { languageMarkers } from './language.ts';
import { fold, View } from './normalise.ts';
import type { Harm, Language } from './verdict.ts';
import { harms } from './verdict.ts';

/**
 * One thing that people say. `group` names the part it plays (lure, urgency, credential, fee …): parts add up, synonyms hardly do.
 * A group `counter` takes its weight away again: warning, quoting, denying.
 */
export interface LexiconEntry {
  id: string;
  harm: Harm;
  clause: string;
  language: Language;
  group: string;
  /** Millionths: how far this alone goes towards certainty. */
  weight: number;
  /** Words or phrases, in any case. A leading or trailing `*` lets the word go on there. */
  patterns: string[];
  /** Counts only when an entry or feature of one of these groups lies in the same window. */
  context?: string[];
  /** Longer phrases in which the hit means something harmless. */
  except?: string[];
}

const keys = new Set(['id', 'harm', 'clause', 'language', 'group', 'weight', 'patterns', 'context', 'except']);
const isWords = (value: unknown): boolean => Array.isArray(value) && value.every((word) => typeof word === 'string' && word.trim() !== '');

/**
 * Checks one catalogue file (`{entries: [...]}`, as parsed JSON) and answers its entries.
 * @throws ScreeningError `malformed-lexicon`, naming the entry
 */
export function parseLexicon(file: unknown): LexiconEntry[] {
  const entries = (file as { entries?: unknown } | null)?.entries;
  if (!Array.isArray(entries)) throw new ScreeningError('malformed-lexicon', 'A word list is an object with an array "entries".');
  entries.forEach((entry: Partial<LexiconEntry>, i) => {
    const wrong =
      Object.keys(entry).find((key) => !keys.has(key)) ??
      [
        ['id', typeof entry.id === 'string' && entry.id !== ''],
        ['harm', harms.includes(entry.harm as Harm)],
        ['clause', typeof entry.clause === 'string' && /^[a-z-]+\.[a-z-]+$/.test(entry.clause)],
        ['language', ['ms', 'en', 'zh', 'ta'].includes(entry.language as string)],
        ['group', typeof entry.group === 'string' && entry.group !== ''],
        ['weight', Number.isInteger(entry.weight) && (entry.weight ?? -1) >= 0 && (entry.weight ?? 0) <= 1_000_000],
        ['patterns', isWords(entry.patterns) && (entry.patterns?.length ?? 0) > 0],
        ['context', entry.context === undefined || isWords(entry.context)],
        ['except', entry.except === undefined || isWords(entry.except)],
      ].find(([, fine]) => !fine)?.[0];
    if (wrong) throw new ScreeningError('malformed-lexicon', `Entry ${entry.id ?? i}: "${wrong}" is not as the word list's README says.`);
  });
  return entries as LexiconEntry[];
}

/** Where an entry was found; offsets in the original text, end exclusive. `entry` is an index into the compiled entries. */
export interface Hit {
  entry: number;
  start: number;
  end: number;
}

const OPEN_START = 1;
const OPEN_END = 2;
const EXCEPT = 4;

interface Meaning {
  /** Index of the entry, or -1 - (index of the language) for a word that only tells a language. */
  entry: number;
  flags: number;
  next: Meaning | null;
}

/** The word list as one automaton, with the words that tell languages apart. */
export class CompiledLexicon {
  readonly entries: readonly LexiconEntry[];
  /** After `find`: how many words spoke for ms (0) and en (1). */
  readonly votes = new Int32Array(2);
  readonly #automaton: Automaton;
  readonly #lengths: Uint16Array;
  readonly #meanings: (Meaning | null)[] = [];

  /** @throws ScreeningError `malformed-lexicon` when an id stands twice or a pattern holds no letter */
  constructor(entries: readonly LexiconEntry[]) {
    this.entries = entries;
    const ids = new Set(entries.map((entry) => entry.id));
    if (ids.size !== entries.length) throw new ScreeningError('malformed-lexicon', 'Two entries of the word list have the same id.');
    const known = new Map<string, number>();
    const codes: number[][] = [];
    const add = (pattern: string, entry: number, extra: number): void => {
      const open = (pattern.startsWith('*') ? OPEN_START : 0) | (pattern.endsWith('*') ? OPEN_END : 0);
      const folded = foldPattern(pattern);
      if (folded.length === 0)
        throw new ScreeningError('malformed-lexicon', `A pattern of ${entries[entry]?.id} holds no letter or digit.`);
      const key = folded.join(',');
      let index = known.get(key);
      if (index === undefined) {
        index = codes.push(folded) - 1;
        known.set(key, index);
      }
      this.#meanings[index] = { entry, flags: open | extra, next: this.#meanings[index] ?? null };
    };
    entries.forEach((entry, i) => {
      for (const pattern of entry.patterns) add(pattern, i, 0);
      for (const pattern of entry.except ?? []) add(pattern, i, EXCEPT);
    });
    languageMarkers.forEach((markers, i) => {
      for (const marker of markers) add(marker, -1 - i, 0);
    });
    this.#automaton = new Automaton(codes);
    this.#lengths = Uint16Array.from(codes, (code) => code.length);
  }

  /**
   * All hits of a folded text, allowed ones already taken out; an exception takes out only the hits it covers.
   * @param loose at an original offset 1: the letter stood alone, so its word's ends are unknown and count as boundaries
   */
  find(view: View, source: string, loose?: Uint8Array): Hit[] {
    const { codes, length, origin } = view;
    this.votes.fill(0);
    const count = this.#automaton.scan(codes, length);
    const hits: Hit[] = [];
    const allowed: Hit[] = [];
    for (let m = 0; m < count; m++) {
      const pattern = this.#automaton.matches[m * 2] as number;
      const end = this.#automaton.matches[m * 2 + 1] as number;
      const start = end - (this.#lengths[pattern] as number);
      const startsWord = this.#boundary(view, start - 1, start, loose);
      const endsWord = this.#boundary(view, end - 1, end, loose);
      for (let meaning = this.#meanings[pattern] ?? null; meaning; meaning = meaning.next) {
        if (!startsWord && !(meaning.flags & OPEN_START)) continue;
        if (!endsWord && !(meaning.flags & OPEN_END)) continue;
        if (meaning.entry < 0) {
          this.votes[-1 - meaning.entry] = (this.votes[-1 - meaning.entry] as number) + 1;
          continue;
        }
        const last = origin[end - 1] as number;
        const wide = (source.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
        (meaning.flags & EXCEPT ? allowed : hits).push({ entry: meaning.entry, start: origin[start] as number, end: last + wide });
      }
    }
    if (allowed.length === 0) return hits;
    return hits.filter((hit) => !covered(hit, allowed));
  }

  /** Han has no word boundaries; elsewhere a word ends where the script changes or a space stands. */
  #boundary(view: View, left: number, right: number, loose: Uint8Array | undefined): boolean {
    if (left < 0 || right >= view.length) return true;
    const a = view.codes[left] as number;
    const b = view.codes[right] as number;
    if (a === SPACE || b === SPACE || a > 0x3400 || b > 0x3400) return true;
    if (loose && loose[view.origin[left] as number] === 1 && loose[view.origin[right] as number] === 1) return true;
    return scriptOf(a) !== scriptOf(b);
  }
}

/** Whether an exception of the same entry covers the hit; `allowed` ascends by end, and no phrase is longer than this in any disguise. */
const LONGEST_PHRASE = 400;

function covered(hit: Hit, allowed: readonly Hit[]): boolean {
  let low = 0;
  let high = allowed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((allowed[middle] as Hit).end < hit.end) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < allowed.length; i++) {
    const one = allowed[i] as Hit;
    if (one.end > hit.end + LONGEST_PHRASE) return false;
    if (one.entry === hit.entry && one.start <= hit.start) return true;
  }
  return false;
}

const patternView = new View();

function foldPattern(pattern: string): number[] {
  const view = fold(pattern.replace(/^\*|\*$/g, ''), patternView);
  return [...view.codes.subarray(0, view.length)];
}
