import type { Expression } from './rules-cel.ts';

/**
 * What an expression can come to when some features are not handed in, or nothing was found: true, false, an error, or several of these, as
 * bits. Of a part that is not true or false, `TRUE | FALSE` says that it has a value.
 *
 * A rule that cannot come true is not tried. Otherwise a platform that hands in nothing about accounts would pay for an exception a rule and
 * item, ten times the cost of trying it; and in most items nothing is found, so that no rule that looks for a finding needs a try.
 */
export const TRUE = 1;
const FALSE = 2;
export const ERROR = 4;
const VALUE = TRUE | FALSE;

/** @param present the names that are handed in, such as `account.strikes`, and `signals` where there is one */
export function outcomes(node: Expression, present: ReadonlySet<string>): number {
  const of = (part: Expression): number => outcomes(part, present);
  switch (node.op) {
    case 'value':
    case 'id':
      return VALUE;
    case '.': {
      const name = nameOf(node);
      return name === null || present.has(name) ? VALUE : ERROR;
    }
    case '!_':
      return swapped(of(node.args));
    case '-_':
      return of(node.args);
    case '&&':
      return both(of(node.args[0]), of(node.args[1]));
    case '||':
      return swapped(both(swapped(of(node.args[0])), swapped(of(node.args[1]))));
    case '?:': {
      const condition = of(node.args[0]);
      return (condition & ERROR) | (condition & TRUE ? of(node.args[1]) : 0) | (condition & FALSE ? of(node.args[2]) : 0);
    }
    case 'call': {
      const [name, args] = node.args;
      if (name !== 'has') return strict(args.map(of));
      const asked = args[0]?.op === '.' ? nameOf(args[0]) : null;
      if (asked === null) return VALUE;
      return present.has(asked) ? TRUE : FALSE;
    }
    case 'rcall': {
      const [name, receiver, args] = node.args;
      const [, condition] = args;
      if (!condition || !isLoop(name)) return strict([receiver, ...args].map(of));
      if (of(receiver) === ERROR) return ERROR;
      return (of(receiver) & ERROR) | (isEmpty(receiver, present) ? overNothing(name) : looped(name, of(condition)));
    }
    case '[]':
    case '[?]':
    case '.?':
    case 'map':
      return VALUE | ERROR;
    default:
      return strict(node.args.map(of));
  }
}

/** The features an expression names, in the order in which it names them. */
export function featuresOf(node: Expression): readonly string[] {
  const found: string[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (part !== null && typeof part === 'object' && 'op' in part) {
      const name = (part as Expression).op === '.' ? nameOf(part as Expression & { op: '.' }) : null;
      if (name !== null && !found.includes(name)) found.push(name);
      visit((part as Expression).args);
    }
  };
  visit(node);
  return found;
}

function nameOf(node: Expression & { op: '.' }): string | null {
  const [owner, field] = node.args;
  return owner.op === 'id' && (owner.args === 'item' || owner.args === 'account') ? `${owner.args}.${field}` : null;
}

const isLoop = (name: string): boolean => ['exists', 'all', 'exists_one', 'filter'].includes(name);

function isEmpty(list: Expression, present: ReadonlySet<string>): boolean {
  if (list.op === 'rcall' && list.args[0] === 'filter') return isEmpty(list.args[1], present);
  return list.op === 'id' && list.args === 'signals' && !present.has('signals');
}

/** A loop over nothing never looks at its condition. */
function overNothing(name: string): number {
  if (name === 'filter') return VALUE;
  return name === 'all' ? TRUE : FALSE;
}

function looped(name: string, condition: number): number {
  return name === 'filter' ? VALUE | (condition & ERROR) : overNothing(name) | condition;
}

const swapped = (one: number): number => (one & ERROR) | (one & TRUE ? FALSE : 0) | (one & FALSE ? TRUE : 0);

/** One side that is false is enough, even beside an error: so CEL has it. */
function both(a: number, b: number): number {
  let result = (a | b) & FALSE;
  if (a & b & TRUE) result |= TRUE;
  if ((a & ERROR && b & (TRUE | ERROR)) || (b & ERROR && a & (TRUE | ERROR))) result |= ERROR;
  return result;
}

/** Has a value when every part has one. */
function strict(parts: readonly number[]): number {
  if (parts.includes(ERROR)) return ERROR;
  return VALUE | (parts.some((part) => part & ERROR) ? ERROR : 0);
}
