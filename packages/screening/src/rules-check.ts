import type { Complaint, Expression, Parsed } from './rules-cel.ts';
import { parse } from './rules-cel.ts';
import type { Field } from './rules-vocabulary.ts';
import { vocabulary } from './rules-vocabulary.ts';

/** Why an expression is refused. */
export type RuleProblemCode =
  | 'syntax'
  | 'unknown-name'
  | 'unknown-field'
  | 'unknown-value'
  | 'wrong-type'
  | 'not-boolean'
  | 'not-allowed'
  | 'too-costly';

/** One thing that is wrong with an expression, and where. */
export interface RuleProblem {
  code: RuleProblemCode;
  /** A sentence that says what to do. */
  message: string;
  /** UTF-16 offsets in the expression, end exclusive; equal where something is missing. */
  start: number;
  end: number;
  /** Of the start, from 1. */
  line: number;
  /** Of the start, from 1, in characters: one outside the basic plane counts once. */
  column: number;
}

/** UTF-16 units. Longer ones are several rules. */
const LONGEST = 1_000;

/** How many parts of an expression may be looked at for one item; a loop looks at its condition once a signal. */
const MOST_STEPS = 2_000;

/** So many signals an item has at most: see the engine. */
export const MOST_SIGNALS = 24;

const roots = new Set(['item', 'account', 'signals']);
const functions = new Set(['has', 'size']);
const loops = new Set(['exists', 'all', 'exists_one', 'filter']);
const methods = new Set(['size', 'startsWith', 'endsWith', 'contains']);
const orders = new Set(['<', '<=', '>', '>=']);

/** A text that passed, with what it costs at most. */
export interface Examined {
  problems: RuleProblem[];
  parsed: Parsed | null;
  /** Parts looked at for one item in the worst case. */
  steps: number;
}

/** Everything that is wrong with a rule's expression, by place; empty when it may be used. No text makes it throw. */
export function checkRule(when: string): RuleProblem[] {
  return examine(when).problems;
}

/** @returns the parsed expression where there is no problem */
export function examine(when: string): Examined {
  const refuse = (...complaints: (Complaint & { code: RuleProblemCode })[]): Examined => ({
    problems: complaints.map((one) => placed(one, when)).sort((a, b) => a.start - b.start),
    parsed: null,
    steps: 0,
  });
  if (when.length > LONGEST)
    return refuse({
      code: 'too-costly',
      message: `Write at most ${LONGEST} characters: make it several rules.`,
      start: LONGEST,
      end: when.length,
    });
  const parsed = parse(when);
  if ('code' in parsed) return refuse(unreadable(parsed, when));
  const walk = new Walk();
  walk.visit(parsed.expression, new Map(), 1);
  if (walk.steps > MOST_STEPS)
    walk.refuse(parsed.expression, 'too-costly', 'This looks at too much: shorten the lists, or make it several rules.');
  if (walk.complaints.length > 0) return refuse(...walk.complaints);
  const type = parsed.check();
  if (typeof type !== 'string') return refuse({ ...type, code: 'wrong-type', message: sentence(type.message) });
  if (type !== 'bool')
    return refuse({ code: 'not-boolean', message: `A rule is true or false; this is of type ${type}.`, start: 0, end: when.length });
  return { problems: [], parsed, steps: walk.steps };
}

/** What an iteration name stands for. */
type Scope = ReadonlyMap<string, 'signal' | 'literal'>;

/**
 * Looks at every part: only what is listed here may be used. Regular expressions (a text can make them hang), times (they read a zone or a
 * clock), conversions to `dyn` (they switch off the type check), maps, bindings and loops in loops are not.
 */
class Walk {
  readonly complaints: (Complaint & { code: RuleProblemCode })[] = [];
  steps = 0;

  refuse(at: { start: number; end: number }, code: RuleProblemCode, message: string): void {
    this.complaints.push({ code, message: message.toWellFormed(), start: at.start, end: at.end });
  }

  visit(node: Expression, scope: Scope, times: number): void {
    this.steps += times;
    switch (node.op) {
      case 'value':
        if (node.args === null || typeof node.args === 'object')
          this.refuse(node, 'not-allowed', 'Write a whole number, a number, a text in quotes, true or false.');
        break;
      case 'id':
        if (!scope.has(node.args) && !roots.has(node.args))
          this.refuse(node, 'unknown-name', `There is no “${node.args}”; there are ${[...roots].join(', ')}.`);
        break;
      case '.':
        this.#field(node, scope);
        this.visit(node.args[0], scope, times);
        break;
      case 'call':
        this.#call(node, scope, times);
        break;
      case 'rcall':
        if (loops.has(node.args[0])) this.#loop(node, scope, times);
        else this.#method(node, scope, times);
        break;
      case '[]':
      case '[?]':
      case '.?':
      case 'map':
        this.refuse(node, 'not-allowed', 'Rules know no maps, indexes and optional fields; has() asks whether a field is known.');
        break;
      case '!_':
      case '-_':
        this.visit(node.args, scope, times);
        break;
      case 'list':
      case '?:':
      case '&&':
      case '||':
        this.#all(node.args, scope, times);
        break;
      default:
        this.#compare(node.op, node.args, scope);
        this.#all(node.args, scope, times);
    }
  }

  #all(nodes: readonly Expression[], scope: Scope, times: number): void {
    for (const node of nodes) this.visit(node, scope, times);
  }

  #field(node: Expression & { op: '.' }, scope: Scope): void {
    const [owner, name] = node.args;
    const fields = fieldsOf(owner, scope);
    if (!fields || Object.hasOwn(fields, name)) return;
    const at = { start: node.pos, end: node.end };
    this.refuse(at, 'unknown-field', `There is no “${name}” here; there are ${Object.keys(fields).join(', ')}.`);
  }

  #call(node: Expression & { op: 'call' }, scope: Scope, times: number): void {
    const [name, args] = node.args;
    if (functions.has(name)) this.#all(args, scope, times);
    else this.refuse(node, 'not-allowed', `Rules know no function ${name}(); there are ${[...functions].join(', ')}.`);
  }

  #method(node: Expression & { op: 'rcall' }, scope: Scope, times: number): void {
    const [name, receiver, args] = node.args;
    if (methods.has(name)) this.#all([receiver, ...args], scope, times);
    else this.refuse(node, 'not-allowed', `Rules know no .${name}(); there are ${[...loops, ...methods].join(', ')}.`);
  }

  #loop(node: Expression & { op: 'rcall' }, scope: Scope, times: number): void {
    const [name, receiver, [variable, condition, more]] = node.args;
    const source = sourceOf(receiver);
    if (variable?.op !== 'id' || !condition || more) this.refuse(node, 'wrong-type', `Write ${name}(s, condition on s).`);
    else if (scope.size > 0) this.refuse(node, 'too-costly', 'A loop inside a loop is too costly: join two loops with && instead.');
    else if (roots.has(variable.args)) this.refuse(variable, 'not-allowed', `“${variable.args}” has a meaning: choose another name.`);
    else if (!source) this.refuse(receiver, 'not-allowed', 'Loop over signals, or over a list that is written out.');
    else {
      this.visit(receiver, scope, times);
      this.visit(condition, new Map([[variable.args, source.of]]), times * Math.max(1, source.length));
    }
  }

  /** What the types allow and yet never means what was meant. */
  #compare(op: string, [left, right]: readonly Expression[], scope: Scope): void {
    if (!left || !right) return;
    const sides = [left, right];
    if (orders.has(op)) {
      const texts = sides.every(
        (side) => fieldOf(side, scope)?.type === 'string' || (side.op === 'value' && typeof side.args === 'string'),
      );
      if (texts) this.refuse(left, 'wrong-type', `Texts, and levels too, are compared with == or in, not with ${op}.`);
      return;
    }
    const values = sides.map((side) => fieldOf(side, scope)?.values).find((list) => list !== undefined);
    if (!values || (op !== '==' && op !== '!=' && op !== 'in')) return;
    for (const other of sides.flatMap((side) => (side.op === 'list' ? side.args : [side])))
      if (other.op === 'value' && typeof other.args === 'string' && !values.includes(other.args))
        this.refuse(other, 'unknown-value', `This is never “${other.args}”, but one of ${values.join(', ')}.`);
  }
}

/** The list a loop goes over, and how long it can be. */
function sourceOf(node: Expression): { of: 'signal' | 'literal'; length: number } | null {
  if (node.op === 'id' && node.args === 'signals') return { of: 'signal', length: MOST_SIGNALS };
  if (node.op === 'list') return { of: 'literal', length: node.args.length };
  return node.op === 'rcall' && node.args[0] === 'filter' ? sourceOf(node.args[1]) : null;
}

function fieldsOf(owner: Expression, scope: Scope): Readonly<Record<string, Field>> | null {
  if (owner.op !== 'id') return null;
  if (scope.get(owner.args) === 'signal') return vocabulary.signal;
  return owner.args === 'item' || owner.args === 'account' ? vocabulary[owner.args] : null;
}

function fieldOf(node: Expression, scope: Scope): Field | undefined {
  if (node.op !== '.') return undefined;
  const fields = fieldsOf(node.args[0], scope);
  return fields && Object.hasOwn(fields, node.args[1]) ? fields[node.args[1]] : undefined;
}

const signs: Record<string, string> = {
  EOF: 'the end',
  LPAREN: '(',
  RPAREN: ')',
  LBRACKET: '[',
  RBRACKET: ']',
  LBRACE: '{',
  RBRACE: '}',
  COMMA: ',',
  COLON: ':',
  DOT: '.',
  QUESTION: '?',
  IDENTIFIER: 'a name',
  NUMBER: 'a number',
  STRING: 'a text',
  BOOLEAN: 'true or false',
  NULL: 'null',
  AND: '&&',
  OR: '||',
  NOT: '!',
  IN: 'in',
  EQ: '==',
  NE: '!=',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  PLUS: '+',
  MINUS: '-',
  MULTIPLY: '*',
  DIVIDE: '/',
  MODULO: '%',
  BYTES: 'bytes',
};

function unreadable(complaint: Complaint, when: string): Complaint & { code: RuleProblemCode } {
  if (complaint.code === 'limit_exceeded')
    return { ...complaint, code: 'too-costly', message: 'This is too long or too deeply nested: make it several rules.' };
  if (complaint.code === 'unexpected_character') {
    const char = String.fromCodePoint(when.codePointAt(complaint.start) ?? 32);
    return { ...complaint, code: 'syntax', message: `“${char}” has no place here.`.toWellFormed() };
  }
  return { ...complaint, code: 'syntax', message: sentence(complaint.message.replace(/\b[A-Z]{2,10}\b/g, (name) => signs[name] ?? name)) };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.toWellFormed();

/** Never splits a surrogate pair, never points outside the text. */
function placed({ code, message, start, end }: Complaint & { code: RuleProblemCode }, when: string): RuleProblem {
  const from = aligned(when, Math.min(start, when.length), -1);
  const to = aligned(when, Math.min(Math.max(start, end), when.length), 1);
  const lines = when.slice(0, from).split(/\r\n|\r|\n/);
  return { code, message, start: from, end: to, line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}

function aligned(text: string, offset: number, step: 1 | -1): number {
  const low = text.charCodeAt(offset);
  const high = text.charCodeAt(offset - 1);
  return low >= 0xdc00 && low < 0xe000 && high >= 0xd800 && high < 0xdc00 ? offset + step : offset;
}
