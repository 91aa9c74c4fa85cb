import identifiersFile from '../../../catalogue/identifiers.json' with { type: 'json' };
import type { Transition } from '../records/questions.ts';

/** What two accounts have in common: a kind of identifier, and how many accounts have that very one. */
export interface Shared {
  readonly kind: string;
  readonly holders: number;
}

export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];

/** That an account may be that of somebody whose account was ended. Both are null once either is erased for *linking*. */
export interface Link {
  readonly id: string;
  readonly account: string | null;
  readonly ended: string | null;
  readonly state: 'linked' | 'undone';
  readonly kinds: readonly string[] | null;
  readonly confidence: Confidence | null;
  /** The case that asks a person, where one was opened. */
  readonly case: string | null;
}

/** Undone is undone: the same two accounts are never linked again. */
export const linkTransitions: readonly Transition<Link['state']>[] = [
  { from: null, to: 'linked', by: 'account.linked' },
  { from: 'linked', to: 'linked', by: 'account.linked', when: 'they have more in common' },
  { from: 'linked', to: 'undone', by: 'account.unlinked' },
];

const kinds = new Map(identifiersFile.kinds.map((entry) => [entry.id, entry]));

/** Kinds that strangers hardly share, and above how many holders any kind says little: by this the accounts that tell something come first. */
export const strongKinds = identifiersFile.kinds.flatMap(({ id, weight }) => (weight === 'strong' ? [id] : []));
export const { commonOver } = identifiersFile;

/** Whether so many have it that it says little (catalogue/identifiers.json). */
export function isCommon({ holders }: Shared): boolean {
  return holders > commonOver;
}

/** Whether strangers hardly share it. */
function isStrong(shared: Shared): boolean {
  return strongKinds.includes(shared.kind) && !isCommon(shared);
}

/** How sure it is: one strong thing in common is a hint, two are more; what many share says little, however much of it there is. */
export function confidenceOf(shared: readonly Shared[]): Confidence {
  return confidences[Math.min(shared.filter(isStrong).length, 2)] as Confidence;
}

/** Whether it is put on record that they may be one person: not where they have in common only what many have. */
export function isTelling(shared: readonly Shared[]): boolean {
  return shared.some(isStrong);
}

/** Whether a person is asked to look. */
export function asksAPerson(shared: readonly Shared[]): boolean {
  const strong = shared.filter(isStrong);
  return strong.length > 1 || strong.some(({ kind }) => kinds.get(kind)?.alone === true);
}
