import { Compile } from 'typebox/compile';
import type * as policy from '../../policy/index.ts';
import { kinds } from '../../records/index.ts';
import { plain } from './write.ts';

const check = Compile(kinds['policy.drafted'].payload.properties.changes);

/** A text of guidelines as `perisai policy export` writes it; null where this is none. What it holds beside is left out. */
export function readDocument(text: string): Pick<policy.PolicyDocument, 'intro' | 'clauses'> | null {
  try {
    const { intro, clauses } = JSON.parse(text) as policy.PolicyDocument;
    const changes = plain({ intro, clauses: clauses.map((clause) => ({ id: clause.id, clause })) });
    return intro && check.Check(changes) ? { intro, clauses: changes.clauses.map(({ clause }) => clause as policy.Clause) } : null;
  } catch {
    return null;
  }
}
