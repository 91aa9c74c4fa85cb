import type { Harm } from '@perisai/screening';
import type { Clause, PolicyDocument } from './document.ts';

/** One version of the policy as it binds: what is asked of it whenever something is decided. */
export class Policy {
  readonly document: PolicyDocument;
  readonly version: string;
  readonly digest: string;
  readonly inForceFrom: Date;
  /** Nobody but its author has looked at it yet. */
  readonly singleHanded: boolean;
  readonly #clauses: ReadonlyMap<string, Clause>;

  constructor({ document, digest, inForceFrom, singleHanded }: Pick<Policy, 'document' | 'digest' | 'inForceFrom' | 'singleHanded'>) {
    this.document = document;
    this.version = document.version;
    this.digest = digest;
    this.inForceFrom = inForceFrom;
    this.singleHanded = singleHanded;
    this.#clauses = new Map(document.clauses.map((clause) => [clause.id, clause]));
  }

  get clauses(): readonly Clause[] {
    return this.document.clauses;
  }

  /** The clause with this id; undefined where this version has none. */
  clauseOf(id: string): Clause | undefined {
    return this.#clauses.get(id);
  }

  /** The clause a machine names: the one it means, else the first of that harm. Every version has one a harm (`gapsIn`). */
  clauseFor(harm: Harm, meant?: string): Clause {
    const clause = (meant === undefined ? undefined : this.clauseOf(meant)) ?? this.clauses.find((one) => one.harm === harm);
    if (!clause) throw new Error(`version ${this.version} of the policy has no clause on ${harm}`);
    return clause;
  }
}
