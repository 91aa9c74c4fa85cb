import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandWhole, lockPolicy, newestVersion, openDraft, plain } from './write.ts';

/**
 * Publishes an accepted draft as the next version, in force from a moment that may lie ahead. Nothing has to happen then: from that instant
 * on the clock alone makes it the version that binds. Returns its number.
 * @param from now, where it lies behind. @throws Problem `forbidden`, `not-found`, `conflict`.
 */
export async function publishDraft(
  house: House,
  member: Member,
  { draft: id, seen, from }: { readonly draft: string; readonly seen: string; readonly from: Date },
): Promise<string> {
  demand(member, 'policy.publish', 'policy');
  return house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const draft = await openDraft(tx, id, seen);
    if (draft.state !== 'accepted') throw new Problem('conflict', 'A second person has to accept this draft first.');
    return schedule(house, tx, member, draft, { from, alone: false });
  });
}

/**
 * The same of a draft that nobody reviewed, by somebody who wrote at it, in the transaction of what they do alone (`procedure/break-glass`).
 * @throws Problem `forbidden`, `not-found`, `conflict`, `policy-incomplete`.
 */
export async function publishByAuthor(
  house: House,
  tx: Tx,
  member: Member,
  { draft: id, seen, from }: { readonly draft: string; readonly seen: string; readonly from: Date },
): Promise<string> {
  await lockPolicy(tx);
  const draft = await openDraft(tx, id, seen);
  demand(member, 'policy.publish-alone', { type: 'draft', authors: draft.authors });
  if (draft.state !== 'drafting') throw new Problem('conflict', 'A second person has accepted it: publish it as any other.');
  // Somebody was there in time, and said no to these words.
  if (draft.reviewedBy !== null) throw new Problem('conflict', 'A second person has returned it as it is: change it first.');
  await demandWhole(tx, draft);
  return schedule(house, tx, member, draft, { from, alone: true });
}

async function schedule(
  house: House,
  tx: Tx,
  member: Member,
  draft: policy.Draft,
  { from, alone }: { readonly from: Date; readonly alone: boolean },
): Promise<string> {
  const base = await newestVersion(tx);
  if (draft.basedOn !== base.version) throw new Problem('conflict', 'Another version was published meanwhile: base the draft on it first.');
  const now = house.clock.now();
  const at = from < now ? now : from;
  if (at < base.inForceFrom)
    throw new Problem('conflict', `Version ${base.version} takes effect later than that: withdraw it, or choose a later moment.`);
  const version = String(Math.max(...(await policy.allVersions(tx)).map((one) => Number(one.policy))) + 1);
  const since = at.toISOString();
  const because = await append(house, tx, {
    kind: 'policy.scheduled',
    service: wholeProvider,
    parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
    payload: {
      draft: draft.id,
      policy: version,
      based_on: base.version,
      digest: policy.digestOf(policy.applied(base.document, draft.changes, version, since)),
      changes: plain(draft.changes),
      in_force_from: since,
      single_handed: alone,
    },
  });
  await policy.schedule(because);
  await policy.scheduleDraft(because);
  return version;
}

/** Takes a version back before it takes effect. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function withdrawVersion(house: House, member: Member, version: string): Promise<void> {
  demand(member, 'policy.publish', 'policy');
  await house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    const known = await policy.version(tx, version);
    if (!known) throw new Problem('not-found', 'There is no such version.');
    if (known.withdrawnAt !== null || known.inForceFrom <= house.clock.now())
      throw new Problem('conflict', 'Only a version that has not taken effect can be withdrawn; otherwise publish another one.');
    // Those after it are written on top of it.
    if ((await newestVersion(tx)).version !== version)
      throw new Problem('conflict', 'A later version is based on this one: withdraw that first.');
    await withdrawIn(house, tx, member, version);
  });
}

/** In the transaction of whoever takes it back. */
export async function withdrawIn(house: House, tx: Tx, member: Member, version: string): Promise<void> {
  const parties = [{ role: 'actor', party: member.id, purpose: 'staff' }] as const;
  await policy.withdraw(
    await append(house, tx, { kind: 'policy.withdrawn', service: wholeProvider, parties, payload: { policy: version } }),
  );
}

/** Gives a draft up. @throws Problem `forbidden`, `not-found`, `conflict`. */
export async function dropDraft(
  house: House,
  member: Member,
  { draft: id, seen }: { readonly draft: string; readonly seen: string },
): Promise<void> {
  demand(member, 'policy.write', 'policy');
  await house.db.begin('doors', async (tx) => {
    await lockPolicy(tx);
    await openDraft(tx, id, seen);
    const parties = [{ role: 'actor', party: member.id, purpose: 'staff' }] as const;
    await policy.drop(await append(house, tx, { kind: 'policy.dropped', service: wholeProvider, parties, payload: { draft: id } }));
  });
}
