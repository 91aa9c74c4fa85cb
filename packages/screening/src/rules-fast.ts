import type { Expression } from './rules-cel.ts';
import type { Facts, Field } from './rules-vocabulary.ts';
import { vocabulary } from './rules-vocabulary.ts';

/**
 * The common part of CEL as closures over plain values: four times as fast as the library, which would take a third of the time an item may
 * cost. It never has the last word: where it does not know it answers undefined, and the library is asked. Its tests hold it to the library.
 */
export type Fast = (known: Known, signal: readonly Value[]) => Value;

/** Whole numbers, texts, true and false; undefined where a feature is missing. */
type Value = boolean | number | string | undefined;

/** Facts by place, each value of its declared type. */
export interface Known {
  /** As `features`. */
  readonly values: readonly Value[];
  readonly signals: readonly (readonly Value[])[];
}

const tableOf = (group: keyof typeof vocabulary) =>
  Object.entries<Field>(vocabulary[group]).map(([field, { type }]) => ({ group, field, type, name: `${group}.${field}` }));

/** All names that can be missing, in their places. */
export const features = [...tableOf('item'), ...tableOf('account')];
const signalFields = tableOf('signal');

/** Takes only own values of the declared type; anything else is missing, so that no input of a platform breaks a screening. */
export function knownOf(facts: Facts): Known {
  const values = features.map(({ group, field, type }) => read(facts[group as 'item' | 'account'], field, type));
  const signals = facts.signals.map((signal) => signalFields.map(({ field, type }) => read(signal, field, type) ?? ''));
  return { values, signals };
}

function read(from: object, field: string, type: Field['type']): Value {
  const value: unknown = Object.hasOwn(from, field) ? (from as Record<string, unknown>)[field] : undefined;
  if (type === 'int') return Number.isSafeInteger(value) ? (value as number) : undefined;
  return typeof value === (type === 'bool' ? 'boolean' : type) ? (value as Value) : undefined;
}

/** @returns null where a part is not among those that are done fast */
export function fast(expression: Expression): Fast | null {
  return compile(expression, '');
}

/** @param loop the name of the signal in the loop around, or empty */
function compile(node: Expression, loop: string): Fast | null {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case '.':
      return field(node, loop);
    case '!_': {
      const of = compile(node.args, loop);
      return of && ((known, signal) => negated(of(known, signal)));
    }
    case '?:': {
      const [condition, yes, no] = node.args.map((part) => compile(part, loop));
      if (!condition || !yes || !no) return null;
      return (known, signal) => {
        const answer = condition(known, signal);
        return answer === undefined ? undefined : (answer ? yes : no)(known, signal);
      };
    }
    case 'in': {
      const left = compile(node.args[0], loop);
      const list =
        node.args[1].op === 'list' ? node.args[1].args.map((part) => (part.op === 'value' ? plain(part.args) : undefined)) : [undefined];
      if (!left || list.includes(undefined)) return null;
      return (known, signal) => {
        const value = left(known, signal);
        return value === undefined ? undefined : list.includes(value);
      };
    }
    case 'call':
      return node.args[0] === 'has' ? has(node.args[1][0], loop) : sizeOf(node.args[1][0]);
    case 'rcall':
      return method(node, loop);
    case '&&':
    case '||':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*': {
      const [left, right] = [compile(node.args[0], loop), compile(node.args[1], loop)];
      return left && right && binary[node.op](left, right);
    }
    default:
      return null;
  }
}

const plain = (value: unknown): Value => {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return undefined;
  return typeof number === 'number' || typeof number === 'string' || typeof number === 'boolean' ? number : undefined;
};

function literal(args: unknown): Fast | null {
  const value = plain(args);
  return value === undefined ? null : () => value;
}

function placeOf(node: Expression & { op: '.' }, loop: string): { of: 'item' | 'signal'; place: number } | null {
  const [owner, name] = node.args;
  if (owner.op !== 'id') return null;
  if (owner.args === loop) return { of: 'signal', place: signalFields.findIndex((one) => one.field === name) };
  const place = features.findIndex((feature) => feature.name === `${owner.args}.${name}`);
  return place < 0 ? null : { of: 'item', place };
}

function field(node: Expression & { op: '.' }, loop: string): Fast | null {
  const found = placeOf(node, loop);
  if (!found) return null;
  const { of, place } = found;
  return of === 'signal' ? (_, signal) => signal[place] : ({ values }) => values[place];
}

function has(asked: Expression | undefined, loop: string): Fast | null {
  const of = asked?.op === '.' ? field(asked, loop) : null;
  return of && ((known, signal) => of(known, signal) !== undefined);
}

const negated = (value: Value): Value => (value === undefined ? undefined : !value);

/** Has a value when both sides have one. */
const strict =
  (combine: (a: never, b: never) => Value) =>
  (left: Fast, right: Fast): Fast =>
  (known, signal) => {
    const a = left(known, signal);
    const b = right(known, signal);
    return a === undefined || b === undefined ? undefined : combine(a as never, b as never);
  };

/** Beyond exact numbers the library decides; it counts to 2^63. */
const exact = (value: number): Value => (Number.isSafeInteger(value) ? value : undefined);

/** One side that equals `enough` is enough, even where the other is not known. */
const logical =
  (enough: boolean) =>
  (left: Fast, right: Fast): Fast =>
  (known, signal) => {
    const a = left(known, signal);
    if (a === enough) return enough;
    const b = right(known, signal);
    if (b === enough) return enough;
    return a === undefined || b === undefined ? undefined : !enough;
  };

const binary = {
  '&&': logical(false),
  '||': logical(true),
  '==': strict((a: Value, b: Value) => a === b),
  '!=': strict((a: Value, b: Value) => a !== b),
  '<': strict((a: number, b: number) => a < b),
  '<=': strict((a: number, b: number) => a <= b),
  '>': strict((a: number, b: number) => a > b),
  '>=': strict((a: number, b: number) => a >= b),
  '+': strict((a: number, b: number) => exact(a + b)),
  '-': strict((a: number, b: number) => exact(a - b)),
  '*': strict((a: number, b: number) => exact(a * b)),
};

function method(node: Expression & { op: 'rcall' }, loop: string): Fast | null {
  const [name, receiver, args] = node.args;
  if (name === 'size') return sizeOf(receiver);
  if (Object.hasOwn(texts, name)) {
    const [of, part] = [compile(receiver, loop), args[0] ? compile(args[0], loop) : null];
    return of && part && texts[name as keyof typeof texts](of, part);
  }
  const [variable, condition] = args;
  const list = signalsOf(receiver);
  const holds = variable?.op === 'id' && condition ? compile(condition, variable.args) : null;
  if (!list || !holds) return null;
  if (name === 'exists') return (known) => any(list(known), known, holds, true);
  if (name === 'all') return (known) => any(list(known), known, holds, false);
  return null;
}

const texts = {
  startsWith: strict((a: string, b: string) => a.startsWith(b)),
  endsWith: strict((a: string, b: string) => a.endsWith(b)),
  contains: strict((a: string, b: string) => a.includes(b)),
};

type List = (known: Known) => readonly (readonly Value[])[] | undefined;

/** `signals`, or what filters leave of them. */
function signalsOf(node: Expression): List | null {
  if (node.op === 'id') return node.args === 'signals' ? (known) => known.signals : null;
  if (node.op !== 'rcall' || node.args[0] !== 'filter') return null;
  const [variable, condition] = node.args[2];
  const list = signalsOf(node.args[1]);
  const holds = variable?.op === 'id' && condition ? compile(condition, variable.args) : null;
  if (!list || !holds) return null;
  return (known) => {
    const kept: (readonly Value[])[] = [];
    const from = list(known);
    if (!from) return undefined;
    for (const signal of from) {
      const answer = holds(known, signal);
      if (answer === undefined) return undefined;
      if (answer) kept.push(signal);
    }
    return kept;
  };
}

function sizeOf(node: Expression | undefined): Fast | null {
  const list = node ? signalsOf(node) : null;
  return list && ((known) => list(known)?.length);
}

/** Whether the condition comes to `enough` for a signal; then the loop comes to it too. */
function any(list: readonly (readonly Value[])[] | undefined, known: Known, holds: Fast, enough: boolean): Value {
  if (!list) return undefined;
  let result: Value = !enough;
  for (const signal of list) {
    const answer = holds(known, signal);
    if (answer === enough) return enough;
    if (answer === undefined) result = undefined;
  }
  return result;
}
