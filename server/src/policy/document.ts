import { canonicalize, type Json } from '@perisai/log';
import { type Harm, harms } from '@perisai/screening';
import { digest } from '../foundation/digest.ts';
import { type Language, languages } from '../foundation/i18n/language.ts';

export type Words = Readonly<Record<Language, string>>;
export type Determination =
  | 'make-inaccessible'
  | 'remove'
  | 'disable'
  | 'limit'
  | 'age-gate'
  | 'label'
  | 'delist'
  | 'demote'
  | 'stop-recommending'
  | 'interrupt'
  | 'restore'
  | 'none';
export type Ground = 'ILLEGAL_CONTENT' | 'INCOMPATIBLE_CONTENT';

/** A clause of the policy: what it forbids, in plain words, and on which ground. */
export interface Clause {
  readonly id: string;
  readonly number: string;
  readonly harm: Harm;
  readonly title: Words;
  readonly rule: Words;
  /** What a violation leads to, unless the person who decides sees a reason for less. */
  readonly determination: Determination;
  readonly ground: Ground;
  readonly law: Words;
  /** Ids of `catalogue/instruments.json`. */
  readonly cites: readonly string[];
  readonly examples: { readonly violating: readonly Words[]; readonly allowed: readonly Words[] };
}

/** One version of the policy, whole: the form of `catalogue/policy/1.json`. */
export interface PolicyDocument {
  readonly version: string;
  /** From when it is in force: a day for the shipped one, an instant for those that follow. */
  readonly since: string;
  readonly title: Words;
  readonly intro: Words;
  readonly clauses: readonly Clause[];
  readonly noViolation: { readonly id: string; readonly title: Words; readonly rule: Words };
}

/** What a version says otherwise than the one it is based on. A clause of null is gone; a new id is a new clause. */
export interface Changes {
  readonly intro: Words | null;
  readonly clauses: readonly { readonly id: string; readonly clause: Clause | null }[];
}

/** Nothing is changed yet. */
export const noChanges: Changes = { intro: null, clauses: [] };

/** The whole text of a version, from the one it is based on. Clauses stand in the order of their numbers. */
export function applied(base: PolicyDocument, changes: Changes, version: string, since: string): PolicyDocument {
  const clauses = new Map(base.clauses.map((clause) => [clause.id, clause]));
  for (const { id, clause } of changes.clauses) {
    if (clause === null) clauses.delete(id);
    else clauses.set(id, clause);
  }
  const { title, intro, noViolation } = base;
  return { version, since, title, intro: changes.intro ?? intro, clauses: [...clauses.values()].sort(byNumber), noViolation };
}

/** What has to be changed of a version to get another: how an imported text becomes a draft. */
export function changesBetween(base: PolicyDocument, wanted: Pick<PolicyDocument, 'intro' | 'clauses'>): Changes {
  const before = new Map(base.clauses.map((clause) => [clause.id, clause]));
  const after = new Map(wanted.clauses.map((clause) => [clause.id, clause]));
  return {
    intro: same(base.intro, wanted.intro) ? null : wanted.intro,
    clauses: [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
      const clause = after.get(id) ?? null;
      return clause !== null && same(clause, before.get(id)) ? [] : [{ id, clause }];
    }),
  };
}

/** Two texts say the same, whatever the order in which their fields were written. */
export function same(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && canonicalize(one as Json) === canonicalize(other as Json);
}

/** SHA-256 of a text's JCS form: which words exactly were meant. */
export function digestOf(text: unknown): string {
  return digest('sha256', canonicalize(text as Json));
}

/** 2.10 comes after 2.9. */
function byNumber(one: Clause, other: Clause): number {
  const [a, b] = [one, other].map(({ number }) => number.split('.').map(Number)) as [number[], number[]];
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const less = (a[place] ?? 0) - (b[place] ?? 0);
    if (less !== 0) return less;
  }
  return one.id < other.id ? -1 : 1;
}

/** Something that a policy must not lack before it binds anybody. */
export interface Gap {
  /** The id of the clause; null where the policy as a whole is meant. */
  readonly clause: string | null;
  readonly what: 'title' | 'rule' | 'law' | 'example' | 'intro' | 'number-twice' | 'harm-without-clause';
  /** Where it is a text: the language that is missing. For `harm-without-clause`, none. */
  readonly language?: Language;
  readonly harm?: Harm;
}

/** Everything that is missing: each text in each of four languages, a clause for each harm, no number twice. Empty: it may be published. */
export function gapsIn(document: Pick<PolicyDocument, 'intro' | 'clauses'>): Gap[] {
  const lacking = (words: Words): Language[] => languages.filter((language) => (words[language] ?? '').trim() === '');
  const numbers = document.clauses.map(({ number }) => number);
  return [
    ...lacking(document.intro).map((language): Gap => ({ clause: null, what: 'intro', language })),
    ...document.clauses.flatMap((clause): Gap[] => [
      ...(['title', 'rule', 'law'] as const).flatMap((what) =>
        lacking(clause[what]).map((language): Gap => ({ clause: clause.id, what, language })),
      ),
      ...[...clause.examples.violating, ...clause.examples.allowed].flatMap((words) =>
        lacking(words).map((language): Gap => ({ clause: clause.id, what: 'example', language })),
      ),
      ...(numbers.indexOf(clause.number) === numbers.lastIndexOf(clause.number)
        ? []
        : [{ clause: clause.id, what: 'number-twice' } as const]),
    ]),
    ...harms
      .filter((harm) => !document.clauses.some((clause) => clause.harm === harm))
      .map((harm): Gap => ({ clause: null, what: 'harm-without-clause', harm })),
  ];
}
