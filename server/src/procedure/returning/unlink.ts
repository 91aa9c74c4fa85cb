import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as instructions from '../../instructions/index.ts';
import * as policy from '../../policy/index.ts';
import { append, type Because } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { lockItems } from '../moderation/lock.ts';
import { pair } from './recognise.ts';
import { resemblances } from './resemblance.ts';

/**
 * A person finds that an account is somebody else's than the ended one that it resembles: the two are never linked again. It decides no case:
 * whoever holds the case that was opened decides that, as any other.
 * @throws Problem `forbidden`, `reason-missing`, `account-unknown`, `decision-not-open`.
 */
export async function unlink(
  house: House,
  member: Member,
  { account, ended, reason }: { readonly account: string; readonly ended: string; readonly reason: string },
): Promise<void> {
  demand(member, 'account.unlink', 'account');
  if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say in a sentence why it is somebody else.');
  await house.db.begin('doors', async (tx) => {
    await subjects.lockAll(tx, [account, ended]);
    const known = (await subjects.linksOf(tx, account)).find((one) => one.ended === ended);
    if (known?.state === 'undone') throw new Problem('decision-not-open', 'Somebody has found already that these are two people.');
    const service = (await subjects.account(tx, account))?.service;
    if (!service) throw new Problem('account-unknown', 'There is no such account, or it was erased.');
    const link = known ?? (await linkNow(house, tx, { service, account, ended }));
    await undo(house, tx, { service, link, by: 'person', member, reason: reason.trim() });
  });
}

/** They resemble each other and nobody has said so yet: their identifiers were handed in to an earlier release. */
async function linkNow(
  house: House,
  tx: Tx,
  { service, account, ended }: { readonly service: string; readonly account: string; readonly ended: string },
): Promise<subjects.Link> {
  const found = (await resemblances(tx, account)).find((one) => one.ended === ended);
  if (!found) throw new Problem('account-unknown', 'These two accounts have nothing in common, or one of them was erased.');
  const { kinds, confidence } = found;
  const link = house.ids.next();
  await subjects.linkTo(
    await append(house, tx, {
      kind: 'account.linked',
      service,
      parties: pair(account, ended),
      payload: { link, basis: { kinds: [...kinds], confidence } },
    }),
  );
  return { id: link, account, ended, kinds, confidence, state: 'linked', case: null };
}

/**
 * Hears that a decision took the place of one that found somebody to have come back, and doesn't find it: on appeal, after an inquiry, or of the
 * account alone. Then it was somebody else, for good. What the regulator instructs says nothing of who somebody is.
 */
export async function unlinkTakenBack(house: House, tx: Tx, heard: Because<'decision.made'>): Promise<void> {
  const { supersedes, clause, stage } = heard.payload;
  const account = heard.party('author');
  if (supersedes === null || account === null || stage !== 'final' || clause === policy.returning) return;
  if ((await decisions.decision(tx, supersedes))?.clause !== policy.returning) return;
  if (await instructions.instructionOf(tx, heard.payload.decision)) return;
  const linked = (await subjects.linksOf(tx, account)).filter(({ state }) => state === 'linked');
  await subjects.lockAll(tx, [account, ...linked.flatMap(({ ended }) => ended ?? [])]);
  for (const link of (await subjects.linksOf(tx, account)).filter(({ state }) => state === 'linked'))
    await undo(house, tx, { service: heard.record.service, link, by: 'decision', member: null, reason: null });
}

async function undo(
  house: House,
  tx: Tx,
  {
    service,
    link,
    by,
    member,
    reason,
  }: {
    readonly service: string;
    readonly link: subjects.Link;
    readonly by: 'person' | 'decision';
    readonly member: Member | null;
    readonly reason: string | null;
  },
): Promise<void> {
  // The case's records have one order, which its item's lock keeps.
  const of = link.case === null ? undefined : await cases.caseOf(tx, link.case);
  if (of) {
    await lockItems(tx, [of.item]);
    await cases.lock(tx, of.id);
  }
  await subjects.unlink(
    await append(house, tx, {
      kind: 'account.unlinked',
      service,
      ...(of ? { case: of.id } : {}),
      parties: [
        ...pair(link.account as string, link.ended as string),
        ...(member === null ? [] : [{ role: 'actor', party: member.id, purpose: 'staff' } as const]),
      ],
      payload: { link: link.id, by, reason },
    }),
  );
}
