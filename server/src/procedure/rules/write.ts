import { checkRule, createEngine, defaultThresholds, parseRules, ScreeningError } from '@perisai/screening';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append, type Spine } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import { lock } from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** One at a time changes the rules: what is in force together is checked together. */
export const lockRules = (tx: Tx): Promise<void> => lock(tx, 'rules');

export type RuleInput = Pick<screening.Rule, 'slug' | 'harm' | 'clause' | 'when' | 'verdict' | 'name' | 'why'>;

/**
 * Writes a rule, or a new version of one. Nothing tries it yet. Returns its id.
 * @throws Problem `forbidden`, `field-wrong`, `rule-wrong`, `clause-unknown`.
 */
export async function draftRule(house: House, member: Member, input: RuleInput): Promise<string> {
  demand(member, 'rule.write', 'rules');
  return house.db.begin('doors', async (tx) => {
    await lockRules(tx);
    const versions = (await screening.allRules(tx)).filter(({ slug }) => slug === input.slug);
    const version = String(Math.max(0, ...versions.map((one) => Number(one.version))) + 1);
    checkForm({ ...input, version });
    const clause = (await policy.inForce(tx, house.clock.now())).clauseOf(input.clause);
    if (clause?.harm !== input.harm)
      throw new Problem('clause-unknown', `The guidelines in force have no clause ${input.clause} on ${input.harm}.`);
    return writeRule(house, tx, { ...input, version }, member.id);
  });
}

/** In the transaction of whoever writes a rule; `by` null: it came with the program. */
export async function writeRule(house: Spine, tx: Tx, input: RuleInput & { readonly version: string }, by: string | null): Promise<string> {
  const { slug, version, harm, clause, when, verdict, name, why } = input;
  const rule = house.ids.next();
  await screening.draftRule(
    await append(house, tx, {
      kind: 'rule.drafted',
      service: wholeProvider,
      parties: by === null ? [] : [{ role: 'actor', party: by, purpose: 'staff' }],
      payload: { rule, slug, version, harm, clause, when, verdict, name, why },
    }),
  );
  return rule;
}

/** @throws Problem `rule-wrong` where the expression is, `field-wrong` where something else is. */
function checkForm(input: RuleInput & { readonly version: string }): void {
  const [first] = checkRule(input.when);
  if (first) throw new Problem('rule-wrong', `Line ${first.line}, column ${first.column}: ${first.message}`);
  const { slug: id, ...rest } = input;
  try {
    parseRules({ version: '1', rules: [{ id, ...rest, state: 'draft' }] });
  } catch (error) {
    throw error instanceof ScreeningError ? new Problem('field-wrong', error.message) : error;
  }
}

/** Can these be tried together? @throws Problem `rule-wrong` where they are too many or too costly. */
export function checkTogether(rules: readonly screening.Rule[]): void {
  try {
    createEngine({
      lexicon: [],
      lexiconVersion: '0',
      links: { bad: [], shorteners: [], chats: [], riskyTlds: [], brands: [], bait: [] },
      linksVersion: '0',
      hashBanks: [],
      thresholds: defaultThresholds,
      rules: { version: '0', rules: screening.forEngine(rules) },
    });
  } catch (error) {
    throw error instanceof ScreeningError ? new Problem('rule-wrong', error.message) : error;
  }
}
