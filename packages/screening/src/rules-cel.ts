import type { ASTNode, TypeCheckResult } from '@marcbachmann/cel-js';
import { Environment, EvaluationError, type ParseError } from '@marcbachmann/cel-js';
import type { Facts, Field } from './rules-vocabulary.ts';
import { vocabulary } from './rules-vocabulary.ts';

/**
 * The one file that knows which library reads CEL (https://github.com/google/cel-spec), so that another can take its place.
 * CEL has no loops but over lists, no state and no clock; what else a rule may not use is taken away in `rules-check.ts`.
 */
export type Expression = ASTNode;

/** Nesting of brackets and calls; the recursive parser goes no deeper. */
const DEEPEST = 16;
/** Parts of an expression. */
const MOST_NODES = 200;

/** What is wrong with a text; offsets in UTF-16 units. `code` is the library's own. */
export interface Complaint {
  code: string;
  message: string;
  start: number;
  end: number;
}

/** A text that parses. */
export interface Parsed {
  readonly expression: Expression;
  /** Its type, or why it has none. Called once before `run`. */
  check(): string | Complaint;
  /** @throws EvaluationError where a feature is missing or a number too large */
  run(facts: CelFacts): unknown;
}

/** Facts as the library reads them: whole numbers are bigint, and an object's class tells its type without a look inside. */
export interface CelFacts {
  readonly item: Values;
  readonly account: Values;
  readonly signals: readonly Values[];
}

abstract class Values {
  [name: string]: unknown;

  /** Takes only own values of the declared type; anything else is missing, so that no input of a platform breaks a screening. */
  constructor(fields: Readonly<Record<string, Field>>, from: object) {
    for (const name in fields)
      this[name] = Object.hasOwn(from, name) ? read((from as Record<string, unknown>)[name], fields[name]) : undefined;
  }
}
class ItemFacts extends Values {}
class AccountFacts extends Values {}
class SignalFacts extends Values {}

function read(value: unknown, field: Field | undefined): unknown {
  if (field?.type === 'int') return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
  if (field?.type === 'bool') return typeof value === 'boolean' ? value : undefined;
  return typeof value === 'string' ? value : undefined;
}

const types = (fields: Readonly<Record<string, Field>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));

const environment = new Environment({ limits: { maxAstNodes: MOST_NODES, maxDepth: DEEPEST, maxListElements: MOST_NODES } })
  .registerType('Item', { ctor: ItemFacts, fields: types(vocabulary.item) })
  .registerType('Account', { ctor: AccountFacts, fields: types(vocabulary.account) })
  .registerType('Signal', { ctor: SignalFacts, fields: types(vocabulary.signal) })
  .registerVariable('item', 'Item')
  .registerVariable('account', 'Account')
  .registerVariable('signals', 'list<Signal>');

export function celFacts({ item, account, signals }: Facts): CelFacts {
  return {
    item: new ItemFacts(vocabulary.item, item),
    account: new AccountFacts(vocabulary.account, account),
    signals: signals.map((signal) => new SignalFacts(vocabulary.signal, signal.term === undefined ? { ...signal, term: '' } : signal)),
  };
}

/** Reads a text as CEL; no text makes it throw. */
export function parse(text: string): Parsed | Complaint {
  try {
    const run = environment.parse(text);
    return { expression: run.ast, check: () => verdict(run.check(), text), run };
  } catch (error) {
    return complaint(error, text);
  }
}

function verdict({ valid, type, error }: TypeCheckResult, text: string): string | Complaint {
  return valid && type !== undefined ? type : complaint(error, text);
}

/** Anything the library throws while it reads, a RangeError too, is a complaint about the text. */
function complaint(error: unknown, text: string): Complaint {
  const { code, summary, range } = (error ?? {}) as Partial<ParseError>;
  const { start, end } = range ?? { start: 0, end: text.length };
  return { code: code ?? 'unreadable', message: summary ?? 'This cannot be read', start, end };
}

/** What a run time error was about: the name that is missing, such as `account.strikes`, or the library's code. */
export function failure(error: unknown): { missing: string | null; failed: string | null } {
  if (!(error instanceof EvaluationError)) return { missing: null, failed: 'error' };
  const { code, node } = error;
  if (code !== 'no_such_key' || node?.op !== '.' || node.args[0].op !== 'id') return { missing: null, failed: code };
  return { missing: `${node.args[0].args}.${node.args[1]}`, failed: null };
}
