import { ScreeningError } from './errors.ts';
import type { CelFacts, Expression, Parsed } from './rules-cel.ts';
import { celFacts, failure } from './rules-cel.ts';
import { examine } from './rules-check.ts';
import type { Fast, Known } from './rules-fast.ts';
import { fast, features, knownOf } from './rules-fast.ts';
import { ERROR, featuresOf, outcomes, TRUE } from './rules-presence.ts';
import type { Facts } from './rules-vocabulary.ts';
import type { Harm, Language, RuleHit, Untold, Verdict } from './verdict.ts';
import { harms } from './verdict.ts';

/** A draft is kept and never tried; a shadow is tried on every item and changes nothing; a live one counts. */
export type RuleState = 'draft' | 'shadow' | 'live';

/** What an operator adds to the detectors: when something is true of an item, a verdict under a clause. */
export interface Rule {
  id: string;
  version: string;
  state: RuleState;
  harm: Harm;
  clause: string;
  /** A CEL expression over `vocabulary` that is true or false: see `checkRule`. */
  when: string;
  /** A rule can only make a verdict stricter: there is no `allow`. */
  verdict: Exclude<Verdict, 'allow'>;
  /** For those who look at what it found, in at least one language. */
  name: Partial<Record<Language, string>>;
  /** Why there is such a rule. */
  why: Partial<Record<Language, string>>;
}

/** The rules in force together, under one version. */
export interface RuleSet {
  version: string;
  rules: Rule[];
}

/** Live and shadow rules of a set. */
const MOST_RULES = 200;

/** Parts of all expressions together that are looked at for one item in the worst case: well below a millisecond. */
const MOST_STEPS = 20_000;

/** A platform hands in the same features with nearly every item. */
const MOST_PLANS = 64;

const keys = ['id', 'version', 'state', 'harm', 'clause', 'when', 'verdict', 'name', 'why'];
const languages = ['ms', 'en', 'zh', 'ta'];

/**
 * Checks the form of a set of rules (`{version, rules: [...]}`, as parsed JSON). Expressions are checked by `checkRule` and by the engine.
 * @throws ScreeningError `malformed-rules`, naming the rule
 */
export function parseRules(file: unknown): RuleSet {
  const set = file as Partial<RuleSet> | null;
  if (!Array.isArray(set?.rules) || !isWord(set.version))
    throw new ScreeningError('malformed-rules', 'Rules are an object with a "version" and an array "rules".');
  set.rules.forEach((rule: Partial<Rule> | null, i) => {
    const wrong = rule === null || typeof rule !== 'object' ? 'rule' : (strangeKey(rule) ?? wrongKey(rule));
    if (wrong) throw new ScreeningError('malformed-rules', `Rule ${rule?.id ?? i}: "${wrong}" is not as the package's README says.`);
  });
  return set as RuleSet;
}

const strangeKey = (rule: object): string | undefined => Object.keys(rule).find((key) => !keys.includes(key));

function wrongKey(rule: Partial<Rule>): string | undefined {
  const fine: Record<keyof Rule, boolean> = {
    id: typeof rule.id === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(rule.id) && rule.id.length <= 60,
    version: isWord(rule.version),
    state: ['draft', 'shadow', 'live'].includes(rule.state as string),
    harm: harms.includes(rule.harm as Harm),
    clause: typeof rule.clause === 'string' && /^[a-z-]+\.[a-z-]+$/.test(rule.clause),
    when: typeof rule.when === 'string',
    verdict: ['review', 'restrict', 'withhold', 'block'].includes(rule.verdict as string),
    name: isWords(rule.name),
    why: isWords(rule.why),
  };
  return keys.find((key) => !fine[key as keyof Rule]);
}

const isWord = (value: unknown): boolean => typeof value === 'string' && /^[\w.-]{1,40}$/.test(value);

function isWords(value: unknown): boolean {
  const entries = Object.entries(value ?? {});
  return (
    entries.length > 0 && entries.every(([language, words]) => languages.includes(language) && typeof words === 'string' && words !== '')
  );
}

interface Compiled {
  readonly hit: RuleHit;
  readonly live: boolean;
  readonly expression: Expression;
  readonly fast: Fast | null;
  readonly run: Parsed['run'];
}

/** What is the same for all items about which the same features are handed in, with or without findings. */
interface Plan {
  readonly tried: readonly Compiled[];
  readonly untold: readonly Untold[];
}

/** What the rules say of one item. */
export interface Told {
  live: RuleHit[];
  shadow: RuleHit[];
  untold: Untold[];
}

/** The live and shadow rules of a set, ready to be asked. */
export class CompiledRules {
  readonly #rules: readonly Compiled[];
  readonly #plans = new Map<number, Plan>();

  /** @throws ScreeningError `malformed-rules` for an expression that `checkRule` refuses, too many rules, or two live ones with one id */
  constructor(set: RuleSet) {
    const active = set.rules.filter(({ state }) => state !== 'draft');
    if (active.length > MOST_RULES)
      throw new ScreeningError('malformed-rules', `There may be ${MOST_RULES} live and shadow rules at most.`);
    const seen = new Set<string>();
    for (const { id, version, state } of active)
      for (const name of state === 'live' ? [id, `${id} ${version}`] : [`${id} ${version}`]) {
        if (seen.has(name))
          throw new ScreeningError('malformed-rules', `Rule ${name} stands twice: one version of a rule is live at most.`);
        seen.add(name);
      }
    let steps = 0;
    this.#rules = active.map((rule) => {
      const examined = examine(rule.when);
      const problem = examined.problems[0];
      if (!examined.parsed || problem)
        throw new ScreeningError(
          'malformed-rules',
          `Rule ${rule.id}, line ${problem?.line}, column ${problem?.column}: ${problem?.message}`,
        );
      steps += examined.steps;
      return compile(rule, examined.parsed);
    });
    if (steps > MOST_STEPS)
      throw new ScreeningError('malformed-rules', `All rules together look at too much (${steps} parts, ${MOST_STEPS} at most).`);
  }

  get size(): number {
    return this.#rules.length;
  }

  /** Tries the rules in the order of the set. Nothing about an item makes it throw. */
  tell(facts: Facts): Told {
    const known = knownOf(facts);
    const { tried, untold } = this.#planFor(known);
    const told: Told = { live: [], shadow: [], untold: [...untold] };
    let values: CelFacts | null = null;
    for (const rule of tried) {
      let holds: unknown = rule.fast?.(known, nowhere);
      try {
        if (holds === undefined) {
          values ??= celFacts(facts);
          holds = rule.run(values);
        }
        if (holds === true) (rule.live ? told.live : told.shadow).push(rule.hit);
      } catch (error) {
        told.untold.push({ rule: rule.hit.rule, version: rule.hit.version, ...failure(error) });
      }
    }
    return told;
  }

  #planFor({ values, signals }: Known): Plan {
    let key = signals.length > 0 ? 1 : 0;
    // Fewer features than bits in a number, of which the first says that something was found.
    for (let i = 0; i < values.length; i++) if (values[i] !== undefined) key |= 2 << i;
    let plan = this.#plans.get(key);
    if (!plan) {
      const present = features.filter((_, i) => key & (2 << i)).map(({ name }) => name);
      plan = planFor(this.#rules, new Set(key & 1 ? ['signals', ...present] : present));
      if (this.#plans.size >= MOST_PLANS) this.#plans.clear();
      this.#plans.set(key, plan);
    }
    return plan;
  }
}

/** Outside a loop there is no signal. */
const nowhere: readonly never[] = [];

function planFor(rules: readonly Compiled[], present: ReadonlySet<string>): Plan {
  const tried: Compiled[] = [];
  const untold: Untold[] = [];
  for (const rule of rules) {
    const possible = outcomes(rule.expression, present);
    if (possible & TRUE) tried.push(rule);
    else if (possible & ERROR) {
      const missing = featuresOf(rule.expression).find((name) => !present.has(name)) ?? null;
      untold.push({ rule: rule.hit.rule, version: rule.hit.version, missing, failed: null });
    }
  }
  return { tried, untold };
}

function compile({ id, version, state, harm, clause, verdict }: Rule, { run, expression }: Parsed): Compiled {
  return { hit: { rule: id, version, harm, clause, verdict }, live: state === 'live', expression, fast: fast(expression), run };
}
