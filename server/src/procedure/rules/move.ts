import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { checkTogether, lockRules } from './write.ts';

/** A rule under the lock, in one of these states. @throws Problem `not-found`, `conflict`. */
async function rule(tx: Tx, id: string, ...states: readonly screening.Rule['state'][]): Promise<screening.Rule> {
  await lockRules(tx);
  const found = await screening.findRule(tx, id);
  if (!found) throw new Problem('not-found', 'There is no such rule.');
  if (!states.includes(found.state)) throw new Problem('conflict', `This version of the rule is ${found.state}.`);
  return found;
}

const by = ({ id }: Member) => [{ role: 'actor', party: id, purpose: 'staff' }] as const;
const service = wholeProvider;

/** Tries a rule on everything that is screened from now on; it changes nothing. One person may. @throws Problem `forbidden`, `not-found`, `conflict`, `rule-wrong`. */
export async function shadowRule(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'rule.write', 'rules');
  await house.db.begin('doors', async (tx) => {
    const tried = await rule(tx, id, 'draft', 'off');
    checkTogether([...(await screening.allRules(tx)).filter((one) => one.id !== id), { ...tried, state: 'shadow' }]);
    await screening.shadow(await append(house, tx, { kind: 'rule.shadowed', service, parties: by(member), payload: { rule: id } }));
  });
}

/** Asks for a rule that was tried to count. Another person makes it so. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function proposeRule(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'rule.write', 'rules');
  await house.db.begin('doors', async (tx) => {
    await rule(tx, id, 'shadow');
    await screening.propose(await append(house, tx, { kind: 'rule.proposed', service, parties: by(member), payload: { rule: id } }));
  });
}

/**
 * Makes a rule count, as a second person who neither wrote nor proposed it. The version that counted before ends in the same transaction.
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `rule-wrong`.
 */
export async function makeRuleLive(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const wanted = await rule(tx, id, 'proposed');
    demand(member, 'rule.publish', { type: 'draft', authors: known([wanted.draftedBy, wanted.proposedBy]) });
    await makeLive(house, tx, member, wanted);
  });
}

/**
 * The same by whoever wrote or proposed it, in the transaction of what they do alone (`procedure/break-glass`).
 * @throws Problem `forbidden`, `not-found`, `conflict`, `rule-wrong`.
 */
export async function makeRuleLiveByAuthor(house: House, tx: Tx, member: Member, id: string): Promise<void> {
  const wanted = await rule(tx, id, 'proposed');
  demand(member, 'rule.publish-alone', { type: 'draft', authors: known([wanted.draftedBy, wanted.proposedBy]) });
  await makeLive(house, tx, member, wanted);
}

async function makeLive(house: House, tx: Tx, member: Member, { id, slug: wanted }: screening.Rule): Promise<void> {
  const all = await screening.allRules(tx);
  const before = all.find(({ slug, state }) => slug === wanted && state === 'live');
  checkTogether(all.flatMap((one) => (one.id === before?.id ? [] : one.id === id ? [{ ...one, state: 'live' as const }] : [one])));
  if (before) await off(house, tx, member, before.id);
  await screening.makeLive(await append(house, tx, { kind: 'rule.made-live', service, parties: by(member), payload: { rule: id } }));
}

const known = (people: readonly (string | null)[]): string[] => people.filter((one) => one !== null);

/**
 * Another person looks at a rule that one made count alone. Who does not agree switches it off; where it has stopped since, or counts again because
 * two wanted it, it is left as it is.
 * @throws Problem `forbidden`, `same-person`.
 */
export async function reviewRuleAlone(
  house: House,
  tx: Tx,
  member: Member,
  { subject, actedBy, actedAt }: { readonly subject: string; readonly actedBy: string | null; readonly actedAt: Date },
  agrees: boolean,
): Promise<'upheld' | 'reversed' | 'objected'> {
  await lockRules(tx);
  const { id, state, since, draftedBy, proposedBy } = (await screening.findRule(tx, subject)) as screening.Rule;
  demand(member, 'rule.publish', { type: 'draft', authors: known([draftedBy, proposedBy, actedBy]) });
  if (agrees) return 'upheld';
  if (state !== 'live' || since > actedAt) return 'objected';
  await off(house, tx, member, id);
  return 'reversed';
}

/** Ends a rule at once; one person may. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function switchRuleOff(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'rule.write', 'rules');
  await house.db.begin('doors', async (tx) => {
    await rule(tx, id, 'draft', 'shadow', 'proposed', 'live');
    await off(house, tx, member, id);
  });
}

async function off(house: House, tx: Tx, member: Member, id: string): Promise<void> {
  await screening.switchOff(await append(house, tx, { kind: 'rule.switched-off', service, parties: by(member), payload: { rule: id } }));
}

/**
 * The emergency brake: a young rule that hits more than it can be right about is a shadow again, by itself. An alarm, and a record with what
 * it had hit. Nothing where somebody was faster.
 */
export async function brakeRule(
  house: House,
  { slug, version, hits, screened }: { readonly slug: string; readonly version: string; readonly hits: number; readonly screened: number },
): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    await lockRules(tx);
    const runaway = await screening.findRuleNamed(tx, slug, version);
    if (runaway?.state !== 'live') return;
    await screening.brake(await append(house, tx, { kind: 'rule.braked', service, payload: { rule: runaway.id, hits, screened } }));
    house.log.error({ rule: slug, version, hits, screened }, 'a young rule hit too much and is a shadow again: look at what it hit');
  });
  await house.ruleFeed.reload();
}
