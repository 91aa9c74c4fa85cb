import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { type ShownType, sniff } from '../../foundation/sniff.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append, happenedBy, keptBytes, reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';
import type { Why } from './reveal-material.ts';

interface Asked {
  readonly case: string;
  readonly revision: string;
  /** Which of the revision's files, from 0. */
  readonly place: number;
  readonly why: Why;
  /** Whether they asked to see what is guarded, and that is on record. */
  readonly revealed: boolean;
  /** One look is on record once: those since then are the same one. A browser asks for a video many times. */
  readonly since: Date;
}

export interface SeenFile {
  readonly bytes: Buffer;
  /** By its own bytes; null: nothing that is shown on a page. */
  readonly type: ShownType | null;
}

/**
 * Somebody looks at one file of what a case is about. It is decided here and nowhere else whether they may: by the lane that the case is in now, and
 * of what is guarded only after they asked. The record of the look is committed before a byte leaves (invariant 9). The bytes are fetched and opened
 * between two transactions, so that no connection waits for a film; whether they may is asked again after it, with the case locked.
 * @throws Problem `case-unknown`, `forbidden`, `not-found` where there is no such file, or its key was destroyed
 */
export async function seeFile(house: House, member: Member, asked: Asked): Promise<SeenFile> {
  const path = await house.db.begin('doors', async (tx) => {
    const of = await cases.caseOf(tx, asked.case);
    if (!of) throw new Problem('case-unknown', `There is no case ${asked.case}.`);
    await demandSight(tx, member, asked, of);
    return (await cases.revisionsOf(tx, of.id)).includes(asked.revision) ? pathOf(house, tx, asked) : null;
  });
  const bytes = path === null ? null : await keptBytes(house, path);
  if (bytes === null) throw new Problem('not-found', 'There is no such file, or the key of whoever it is about was destroyed.');
  const type = sniff(bytes);
  await house.db.begin('doors', (tx) => record(house, tx, member, asked, type));
  return { bytes, type };
}

async function demandSight(tx: Tx, member: Member, { revealed }: Asked, of: cases.Case): Promise<void> {
  demand(member, 'material.view', { type: 'material', harm: of.harm });
  if (!revealed && (await isGuarded(tx, of))) throw new Problem('forbidden', 'This is not shown until somebody asks for it.');
}

async function isGuarded(tx: Tx, of: cases.Case): Promise<boolean> {
  const all = [of, ...(await cases.mergedInto(tx, of.id))];
  const reports = (await Promise.all(all.map(({ id }) => intake.reportsOf(tx, id)))).flat();
  return policy.isGuarded([...all, ...reports].map(({ harm }) => harm));
}

async function pathOf(house: House, tx: Tx, { revision, place }: Asked): Promise<string | null> {
  const known = await subjects.revision(tx, revision);
  const sealed = known && (await reveal(house, tx, 'content.snapshotted', known.record));
  const sha256 = sealed?.media?.[place]?.sha256 ?? null;
  return sha256 === null ? null : subjects.mediaPath(revision, sha256);
}

function onRecord(tx: Tx, member: Member, { case: of, revision, place, since }: Asked): Promise<boolean> {
  return happenedBy(tx, { case: of, kind: 'material.viewed', party: member.id, since, saying: { revision, place } });
}

/**
 * Puts the look on record. The case may have become one of child abuse material while the bytes were fetched, or while its lock was waited for:
 * whether they may see it is asked of the case as it is then. Nothing is waited for where the look is on record: a player asks for many parts.
 */
async function record(house: House, tx: Tx, member: Member, asked: Asked, type: ShownType | null): Promise<void> {
  const before = await onRecord(tx, member, asked);
  const of = before ? ((await cases.caseOf(tx, asked.case)) as cases.Case) : await lockCase(tx, asked.case);
  await demandSight(tx, member, asked, of);
  // What no page shows could only be taken along, and of this nobody takes anything along.
  if (type === null && of.harm === 'csam') throw new Problem('forbidden', 'Child abuse material does not leave the page.');
  // The same browser asked for it twice at once.
  if (before || (await onRecord(tx, member, asked))) return;
  await append(house, tx, {
    kind: 'material.viewed',
    service: of.service,
    case: of.id,
    parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
    payload: { revision: asked.revision, why: asked.why, place: asked.place },
  });
}
