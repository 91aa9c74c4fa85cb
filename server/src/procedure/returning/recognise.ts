import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append, type Because, handlesOf } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import { keepTogether } from '../casework/carry.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from '../moderation/guidelines.ts';
import { lockItems } from '../moderation/lock.ts';
import { openOrJoin } from '../moderation/open.ts';
import { profileOf, sealProfile } from './profile.ts';
import { type Match, matchesOf } from './resemblance.ts';

/** Hears by what an account is known: it may be that of somebody whose account was ended, or it is ended and somebody else's resembles it. */
export async function recogniseIdentified(house: House, tx: Tx, heard: Because<'account.identified'>): Promise<void> {
  const account = heard.party('account');
  if (account !== null) await recognise(house, tx, account);
}

/** Hears that an account was ended: its holder may have another one already. */
export async function recogniseEnded(house: House, tx: Tx, heard: Because<'decision.made'>): Promise<void> {
  const account = heard.payload.determination === 'terminate-account' ? heard.party('author') : null;
  if (account !== null) await recognise(house, tx, account);
}

async function recognise(house: House, tx: Tx, account: string): Promise<void> {
  const before = await tellingOf(tx, account);
  if (before.length === 0) return;
  await subjects.lockAll(tx, [account, ...before.map((one) => one.account)]);
  // Asked again under the locks: whoever was erased meanwhile resembles nobody.
  const sharing = await tellingOf(tx, account);
  const isEnded = (await decisions.terminating(tx, [account])).length > 0;
  const pairs = isEnded
    ? sharing.map(({ account: other, shared }) => ({ account: other, with: [{ account, shared }] }))
    : [{ account, with: sharing }];
  const returned: { readonly account: string; readonly matches: readonly Match[]; readonly item: string }[] = [];
  for (const one of pairs) {
    const found = await matchesOf(tx, one.account, one.with);
    const matches = found.isEnded ? [] : await fresh(tx, one.account, found.matches);
    if (matches.length > 0)
      returned.push({ account: one.account, matches, item: (await profileOf(house, tx, one.account))?.item ?? one.account });
  }
  // Everybody who is written of is known before an item is locked.
  await handlesOf(
    house,
    tx,
    returned.flatMap((one) => [
      ...one.matches.flatMap(({ ended }) => pair(one.account, ended)),
      { role: 'author', party: one.account, purpose: 'evidence' } as const,
    ]),
  );
  await lockItems(
    tx,
    returned.map(({ item }) => item),
  );
  for (const one of returned) await link(house, tx, one.account, one.matches);
}

/** A network alone would link a whole university to whoever of it was shut out. */
async function tellingOf(tx: Tx, account: string): Promise<subjects.Sharing[]> {
  return (await subjects.sharingWith(tx, account)).filter(({ shared }) => subjects.isTelling(shared));
}

/**
 * Those that are not known yet, have more in common than is known, or of which nobody was asked yet; never one of which somebody found that it is
 * another person.
 */
async function fresh(tx: Tx, account: string, matches: readonly Match[]): Promise<Match[]> {
  if (matches.length === 0) return [];
  const known = await subjects.linksOf(tx, account);
  return matches.filter(({ ended, shared }) => {
    const before = known.find((one) => one.ended === ended);
    return !before || (before.state === 'linked' && (before.case === null || more(before, shared)));
  });
}

function more(before: subjects.Link, shared: Match['shared']): boolean {
  return shared.some(({ kind }) => !before.kinds?.includes(kind));
}

/** Puts on record that they may be one person, and has a person asked where that is more than many have in common. */
async function link(house: House, tx: Tx, account: string, matches: readonly Match[]): Promise<void> {
  const of = await ask(house, tx, account, matches);
  const known = await subjects.linksOf(tx, account);
  for (const { ended, by, shared } of matches) {
    const before = known.find((one) => one.ended === ended);
    if (before && before.case === of && !more(before, shared)) continue;
    await subjects.linkTo(
      await append(house, tx, {
        kind: 'account.linked',
        service: by.service,
        ...(of === null ? {} : { case: of }),
        parties: pair(account, ended),
        payload: {
          link: before?.id ?? house.ids.next(),
          basis: { kinds: shared.map(({ kind }) => kind), confidence: subjects.confidenceOf(shared) },
        },
      }),
    );
  }
}

/** Both sides of a link: each may be erased for this purpose, and then nobody is linked any more. */
export function pair(account: string, ended: string) {
  return [
    { role: 'account', party: account, purpose: 'linking' },
    { role: 'ended', party: ended, purpose: 'linking' },
  ] as const;
}

/**
 * The one open case on the profile of whoever may have come back: joined where there is one, else opened where a match asks for a person and the
 * guidelines that bind that profile say that nobody comes back so. Nothing is hidden by it. Null: nobody is asked.
 */
async function ask(house: House, tx: Tx, account: string, matches: readonly Match[]): Promise<string | null> {
  const profile = await profileOf(house, tx, account);
  if (!profile) return null;
  const running = await cases.openCaseOn(tx, profile.item);
  if (!matches.some(({ shared }) => subjects.asksAPerson(shared))) {
    if (running?.openedBy !== 'link') return null;
    await cases.lock(tx, running.id);
    return running.id;
  }
  const now = house.clock.now();
  const binding = await policy.inForce(tx, now);
  const guidelines = profile.revision === null ? binding : await guidelinesFor(tx, profile.revision);
  const clause = guidelines.clauseOf(policy.returning);
  if (!clause) return null;
  const { case: of, alone } = await openOrJoin(house, tx, await sealProfile(house, tx, profile), running, {
    harm: clause.harm,
    language: profile.account.language ?? 'ms',
    by: 'link',
    from: now,
    severity: worst([clause.id, ...matches.flatMap(({ by }) => by.clause ?? [])]),
    binding,
  });
  if (!alone) await keepTogether(house, tx, of.id);
  return of.id;
}

/** It weighs as what the ended account was ended for. */
function worst(clauses: readonly string[]): policy.Severity {
  const all = clauses.map(policy.severityOfClause);
  return policy.severities.find((one) => all.includes(one)) as policy.Severity;
}
