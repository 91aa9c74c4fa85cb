import { type Language, locales } from '../foundation/i18n/language.ts';
import { type Clause, type PolicyDocument, same, type Words } from './document.ts';

/** A stretch of text that stayed, went, or came. */
export interface Stretch {
  readonly is: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** What a clause is in a draft against the version it is based on. */
export interface ClauseDiff {
  readonly id: string;
  readonly is: 'new' | 'gone' | 'changed';
  readonly before: Clause | null;
  readonly after: Clause | null;
}

const segmenters = new Map<Language, Intl.Segmenter>();

/** The words of a text with what stands between them, as its language divides them; Chinese and Tamil too. */
function wordsIn(text: string, language: Language): string[] {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(locales[language], { granularity: 'word' });
  segmenters.set(language, segmenter);
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Two texts, word for word: the longest common sequence stays. Texts of a policy are a few hundred words at most. */
export function wordDiff(before: string, after: string, language: Language): Stretch[] {
  const [a, b] = [wordsIn(before, language), wordsIn(after, language)];
  // length[i][j]: the longest common sequence of a from i and b from j.
  const length = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (length[i] as Uint32Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const stretches: { is: Stretch['is']; text: string }[] = [];
  const add = (is: Stretch['is'], text: string) => {
    const last = stretches.at(-1);
    if (last?.is === is) last.text += text;
    else stretches.push({ is, text });
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i++] as string);
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) add('gone', a[i++] as string);
    else add('new', b[j++] as string);
  }
  return stretches;
}

/** Clauses that are new, gone or changed, in the order of the draft; what is gone comes where it stood. */
export function clauseDiffs(before: PolicyDocument, after: Pick<PolicyDocument, 'clauses'>): ClauseDiff[] {
  const old = new Map(before.clauses.map((clause) => [clause.id, clause]));
  const kept = new Set(after.clauses.map(({ id }) => id));
  const gone = before.clauses
    .filter(({ id }) => !kept.has(id))
    .map((clause): ClauseDiff => ({ id: clause.id, is: 'gone', before: clause, after: null }));
  const changed = after.clauses.flatMap((clause): ClauseDiff[] => {
    const was = old.get(clause.id) ?? null;
    if (was !== null && same(was, clause)) return [];
    return [{ id: clause.id, is: was === null ? 'new' : 'changed', before: was, after: clause }];
  });
  return [...changed, ...gone];
}

/** A part of a clause that is not the same any more, in one language. */
export interface PartDiff {
  readonly part: 'title' | 'rule' | 'law' | 'violating' | 'allowed';
  readonly language: Language;
  readonly stretches: readonly Stretch[];
}

/** Where the texts of a clause differ, language by language; examples are compared as one text, a line each. */
export function partDiffs({ before, after }: ClauseDiff, inLanguages: readonly Language[]): PartDiff[] {
  const text = (clause: Clause | null, part: PartDiff['part'], language: Language): string => {
    if (clause === null) return '';
    const words: readonly Words[] = part === 'violating' || part === 'allowed' ? clause.examples[part] : [clause[part]];
    return words.map((one) => one[language]).join('\n');
  };
  return (['title', 'rule', 'law', 'violating', 'allowed'] as const).flatMap((part) =>
    inLanguages.flatMap((language): PartDiff[] => {
      const [was, is] = [text(before, part, language), text(after, part, language)];
      return was === is ? [] : [{ part, language, stretches: wordDiff(was, is, language) }];
    }),
  );
}
