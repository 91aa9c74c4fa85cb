import * as cases from '../cases/questions.ts';
import * as decisions from '../decisions/questions.ts';
import * as enforcement from '../enforcement/questions.ts';
import * as flaggers from '../flaggers/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import type { Language } from '../foundation/i18n/language.ts';
import * as intake from '../intake/questions.ts';
import * as notices from '../notices/questions.ts';
import * as policy from '../policy/questions.ts';
import type { House } from '../procedure/house.ts';
import { reveal, versionsOf } from '../records/questions.ts';
import * as staff from '../staff/questions.ts';
import * as subjects from '../subjects/questions.ts';
import { type MomentRow, momentsOf } from './case-life.sql.ts';
import { isGuarded, type Material, materialOf } from './material.ts';
import { type Merged, readMerged } from './merged.ts';
import { ruleIn } from './statement.ts';
import { type Parents, parentsOf } from './thread/parents.ts';
import { readWork, type WorkRead } from './work.ts';

/** A report with what its reporter wrote; null once that is erased. */
export interface ReportRead
  extends Pick<
    intake.Report,
    'id' | 'harm' | 'reason' | 'state' | 'outcome' | 'receivedAt' | 'cameAt' | 'reporterKind' | 'capacity' | 'ground'
  > {
  readonly language: Language;
  readonly text: string | null;
  /** What they are to the child they report for. */
  readonly relation: string | null;
  /** The organisation that reported, where it was accredited then. */
  readonly organisation: string | null;
  /** How the reports of this reporter ended before; null where nobody can be told from another. */
  readonly tally: intake.Tally | null;
  /** How the regulator names the matter. */
  readonly reference: string | null;
  readonly clocks: readonly cases.Clock[];
}

export interface DecisionRead extends decisions.Decision {
  readonly reason: string | null;
  /** As the version of the guidelines has it that the decision was made by. */
  readonly law: policy.Clause | null;
  /** The rule that a machine went by. */
  readonly rule: { readonly name: string; readonly version: string } | null;
  /** Of who decided; null: a machine, or somebody who was erased. */
  readonly byName: string | null;
}

/** A step of the procedure that this case went through. */
export interface Moment extends Omit<MomentRow, 'line'> {
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface CaseRead extends WorkRead {
  readonly of: cases.Case;
  readonly serviceName: string;
  readonly item: subjects.Item | undefined;
  /** As the platform shows their name; null once erased. */
  readonly author: string | null;
  /** What they read, where it was ever said. */
  readonly authorLanguage: Language | null;
  readonly surface: subjects.Surface | undefined;
  /** What is shown on the platform, if it did what it was last asked. */
  readonly desired: enforcement.DesiredState;
  /** Whether the platform said that it is there no more. */
  readonly gone: boolean;
  readonly guarded: boolean;
  /** Whether this reader may see what was said at all. */
  readonly mayLook: boolean;
  /** What was said, newest revision first; null where it is guarded, until somebody asks to see it. */
  readonly material: readonly Material[] | null;
  /** The cases on what it replies to, by the platform's id; of material that is shown. */
  readonly parents: Parents;
  /** Whether every file of every revision that it is about is kept. */
  readonly complete: boolean;
  /** Of child abuse material: which files there are and by which hash they are known, without anything to look at; null elsewhere. */
  readonly fingerprints: readonly Material[] | null;
  /** Its own, then those of what was merged into it. */
  readonly reports: readonly ReportRead[];
  readonly merged: readonly Merged[];
  /** Of a merged case: whether the one that it was merged into is still to be decided, so that the merge can be taken back. */
  readonly leadOpen: boolean;
  readonly clocks: readonly cases.Clock[];
  /** What is decided and about to be carried out. */
  readonly held: decisions.Held | null;
  /** What waits for a second person. */
  readonly proposed: decisions.Proposal | null;
  readonly holder: { readonly id: string; readonly name: string | null; readonly until: Date } | null;
  readonly decisions: readonly DecisionRead[];
  readonly actions: readonly enforcement.Action[];
  readonly notices: readonly notices.Notice[];
  readonly moments: readonly Moment[];
  /** Times in which what is decided is told to nobody outside, oldest first. */
  readonly secrecies: readonly cases.Secrecy[];
  /** By which this is judged: in force on the day of the newest revision. */
  readonly guidelines: policy.Policy;
}

/** Material that the reader has asked for, whose access is on record: the whole, or its fingerprints. */
export interface Looked {
  readonly material?: readonly Material[] | undefined;
  readonly fingerprints?: readonly Material[] | undefined;
}

/** Everything that somebody needs to decide one case, in one transaction. @throws Problem `case-unknown`, `forbidden`. */
export async function readCase(house: House, tx: Tx, member: staff.Member, id: string, looked: Looked = {}): Promise<CaseRead> {
  const of = await cases.caseOf(tx, id);
  if (!of) throw new Problem('case-unknown', `There is no case ${id}.`);
  staff.demand(member, 'case.view', { type: 'case', harm: of.harm });
  const item = await subjects.item(tx, of.item);
  const author = item?.author ? await subjects.account(tx, item.author) : undefined;
  const newestAction = await enforcement.newestAction(tx, of.item);
  const merged = await readMerged(house, tx, id);
  const clocks = await cases.clocksOf(tx, id);
  const received = [...(await intake.reportsOf(tx, id)), ...merged.flatMap((one) => one.reports)];
  const reports = await readReports(house, tx, received, [...clocks, ...merged.flatMap((one) => one.clocks)]);
  const guarded = isGuarded(of.harm, [...reports, ...merged.map((one) => one.of)]);
  const mayLook = staff.may(member, 'material.view', { type: 'material', harm: of.harm }).allowed;
  const made = await readDecisions(house, tx, id);
  const actions: enforcement.Action[] = [];
  for (const decision of made) actions.push(...(await enforcement.actionsOf(tx, decision.id)));
  const moments = await momentsOf(tx, id);
  const revisions: subjects.Revision[] = [];
  for (const one of await cases.revisionsOf(tx, id)) revisions.push(...[(await subjects.revision(tx, one)) ?? []].flat());
  const newest = revisions.at(-1);
  const material = looked.material ?? (guarded || !mayLook ? null : await materialOf(house, tx, await cases.revisionsOf(tx, id)));
  return {
    ...(await readWork(house, tx, of, moments)),
    of,
    merged,
    leadOpen: await mayComeApart(tx, of),
    item,
    guidelines: await policy.inForce(tx, newest ? subjects.contentDate(newest) : of.openedAt),
    clocks,
    held: (await decisions.heldIn(tx, id)) ?? null,
    proposed: of.awaiting ? ((await decisions.waitingProposal(tx, id)) ?? null) : null,
    reports,
    guarded,
    mayLook,
    actions,
    serviceName: (await subjects.service(tx, of.service))?.name ?? of.service,
    author: author ? (author.handle ?? author.externalId) : null,
    authorLanguage: author?.language ?? null,
    surface: await subjects.surface(tx, of.service, of.surface),
    desired: newestAction?.desired ?? 'visible',
    gone: newestAction?.state === 'moot',
    complete: revisions.every(({ complete }) => complete),
    fingerprints: looked.fingerprints ?? null,
    material,
    parents: await parentsOf(house, tx, member, of.service, material ?? []),
    holder: await holderOf(house, tx, id),
    decisions: made,
    notices: await notices.noticesOf(tx, id),
    secrecies: await cases.secreciesOf(tx, id),
    moments: moments.map(({ line, ...moment }) => ({
      ...moment,
      payload: (JSON.parse(line) as { payload: Record<string, unknown> }).payload,
    })),
  };
}

/** A merge is taken back while nobody has decided, and no second person looks at what was proposed. */
async function mayComeApart(tx: Tx, of: cases.Case): Promise<boolean> {
  const lead = of.mergedInto === null ? undefined : await cases.caseOf(tx, of.mergedInto);
  return lead?.state === 'open' && !lead.awaiting;
}

async function readReports(
  house: House,
  tx: Tx,
  received: readonly intake.Report[],
  clocks: readonly cases.Clock[],
): Promise<ReportRead[]> {
  const read: ReportRead[] = [];
  for (const report of received) {
    const told = await reveal(house, tx, 'report.received', report.record);
    read.push({
      ...report,
      text: told?.text ?? null,
      organisation: report.flagger === null ? null : ((await flaggers.flagger(tx, report.flagger))?.name ?? null),
      tally:
        report.reporter === null || report.reporterKind !== 'account'
          ? null
          : await intake.tallyOf(tx, { reporter: report.reporter }, house.clock.now()),
      relation: told?.relation ?? null,
      reference: told?.reference ?? null,
      clocks: clocks.filter(({ subject }) => subject === report.id),
    });
  }
  return read;
}

/** The decisions of a case with their reasons, oldest first. */
async function readDecisions(house: House, tx: Tx, id: string): Promise<DecisionRead[]> {
  const read: DecisionRead[] = [];
  for (const decision of await decisions.decisionsOf(tx, id)) {
    const told = await reveal(house, tx, 'decision.made', decision.record);
    const by = decision.decidedBy === null ? undefined : await staff.rosterEntry(tx, decision.decidedBy);
    const law = decision.clause === null ? undefined : (await policy.named(tx, decision.policy))?.clauseOf(decision.clause);
    const rule = ruleIn(await versionsOf(tx, decision.record));
    read.push({ ...decision, law: law ?? null, rule, reason: told?.reason ?? null, byName: by?.name ?? null });
  }
  return read;
}

async function holderOf(house: House, tx: Tx, id: string): Promise<CaseRead['holder']> {
  const lease = await cases.leaseOn(tx, id, house.clock.now());
  if (!lease) return null;
  return { id: lease.staff, until: lease.until, name: (await staff.rosterEntry(tx, lease.staff))?.name ?? null };
}
