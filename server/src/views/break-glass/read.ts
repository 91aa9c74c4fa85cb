import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/questions.ts';
import * as decisions from '../../decisions/questions.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/questions.ts';
import type { House } from '../../procedure/house.ts';
import { reveal } from '../../records/questions.ts';
import type * as screening from '../../screening/questions.ts';
import * as staff from '../../staff/questions.ts';
import * as subjects from '../../subjects/questions.ts';
import { type ActRead, ownUnreviewed, readActs } from './acts.ts';
import { type Own, ownProposals } from './own.sql.ts';

type Brief = Pick<decisions.Decision, 'id' | 'case' | 'target' | 'determination'>;

export interface AloneRead extends decisions.Alone {
  readonly harm: Harm;
  readonly determination: string;
  /** What was decided as one with it, each with its case. */
  readonly others: readonly Brief[];
  readonly decidedByName: string | null;
  readonly reviewedByName: string | null;
  /** What the reviewer wrote; null for who doesn't see such cases, too. */
  readonly said: string | null;
  /** The proposal that it be decided otherwise, while it waits for a second person. */
  readonly waits: string | null;
  /** Where nothing was found wrong: what a reviewer may say should have been decided. Null elsewhere: it would be taken back. */
  readonly better: { readonly determinations: readonly policy.FinalDetermination[]; readonly clauses: readonly policy.Clause[] } | null;
}

export interface GlassRead extends Omit<decisions.Glass, 'record'> {
  readonly name: string | null;
  readonly reason: string | null;
  readonly decided: readonly AloneRead[];
  readonly acts: readonly ActRead[];
}

export interface BreakGlassRead {
  readonly glasses: readonly GlassRead[];
  /** What this person has open now. */
  readonly open: decisions.Glass | undefined;
  /** What they proposed and nobody has settled. */
  readonly waiting: readonly Own[];
  readonly rules: readonly screening.Rule[];
  readonly drafts: readonly policy.Draft[];
}

/** Who opened it, when and why, and what was decided under it. */
export async function readBreakGlass(house: House, tx: Tx, member: staff.Member, limit: number): Promise<BreakGlassRead> {
  const names = new Map((await staff.roster(tx)).map(({ id, name }) => [id, name]));
  const named = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const glasses: GlassRead[] = [];
  const all = await decisions.glassesWith(tx, limit);
  const acts = await readActs(
    house,
    tx,
    all.map(({ id }) => id),
    named,
  );
  for (const { record, decided, ...glass } of all) {
    const alone: AloneRead[] = [];
    for (const one of decided) {
      const { harm } = (await cases.caseOf(tx, one.case)) as cases.Case;
      const sees = staff.may(member, 'case.view', { type: 'case', harm }).allowed;
      const decision = (await decisions.decision(tx, one.id)) as decisions.Decision;
      const others = await decidedWith(tx, one.id);
      const cleared = [decision, ...others].every(({ determination }) => determination === 'none');
      const waiting = await decisions.waitingProposal(tx, one.case);
      alone.push({
        ...one,
        determination: decision.determination,
        others,
        waits: waiting?.answers?.to === 'review' && waiting.answers.id === one.id ? waiting.id : null,
        better: sees && cleared ? await betterFor(tx, decision.policy, [decision, ...others], harm) : null,
        harm,
        decidedByName: named(one.decidedBy),
        reviewedByName: named(one.reviewedBy),
        said: sees && one.review !== null ? ((await reveal(house, tx, 'break-glass.reviewed', one.review))?.reason ?? null) : null,
      });
    }
    const told = await reveal(house, tx, 'break-glass.opened', record);
    glasses.push({
      ...glass,
      name: named(glass.openedBy),
      reason: told?.reason ?? null,
      decided: alone,
      acts: acts.filter((act) => act.glass === glass.id),
    });
  }
  return {
    glasses,
    open: await decisions.openGlassOf(tx, member.id, house.clock.now()),
    waiting: await ownProposals(tx, member.id),
    ...(await ownUnreviewed(tx, member)),
  };
}

async function decidedWith(tx: Tx, id: string): Promise<Brief[]> {
  const bundle = await decisions.bundleOf(tx, id);
  return bundle === undefined ? [] : (await decisions.briefInBundle(tx, bundle)).filter((one) => one.id !== id);
}

/** What fits all of it. */
async function betterFor(tx: Tx, version: string, all: readonly Brief[], harm: Harm): Promise<AloneRead['better']> {
  const kinds: string[] = [];
  for (const { target } of all) kinds.push((await subjects.item(tx, target))?.kind ?? '');
  const guidelines = await policy.named(tx, version);
  return {
    determinations: policy.determinationsForAll(kinds).filter((one) => one !== 'none'),
    clauses: guidelines?.clauses.filter((clause) => clause.harm === harm) ?? [],
  };
}
