import * as cases from '../cases/questions.ts';
import * as decisions from '../decisions/questions.ts';
import * as enforcement from '../enforcement/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import * as instructions from '../instructions/questions.ts';
import * as intake from '../intake/questions.ts';
import * as notices from '../notices/questions.ts';
import * as policy from '../policy/questions.ts';
import { reveal, type Spine, versionsOf } from '../records/questions.ts';
import * as subjects from '../subjects/questions.ts';
import { momentsOf } from './case-life.sql.ts';
import { contentTypesOf, filed, restrictions, type Source } from './statement-codes.ts';

/** Everywhere, as UN M.49 and CLDR write it: ISO 3166 has no word for it. */
const world = '001';

/** The regulator's word is the ground: no clause of ours is broken. */
const instruction = {
  ground: 'Online Safety Act 2025 (Act 866), ss.25, 27, 28',
  why: 'The regulator instructed it; the instruction prevails over a decision of ours.',
};

const automation = {
  fully: 'AUTOMATED_DECISION_FULLY',
  partly: 'AUTOMATED_DECISION_PARTIALLY',
  not: 'AUTOMATED_DECISION_NOT_AUTOMATED',
} as const;

/**
 * A decision as a statement of reasons, in the field set of the DSA's database, widened (formats.md). Every field is derived from records:
 * schema-valid isn't true, a form would be. Personal data is not in it, and neither is who reported.
 */
export async function statementOf(spine: Spine, tx: Tx, decision: decisions.Decision) {
  // A measure on an account follows from a decision on an item: what was seen is that item's.
  const about = decision.follows === null ? decision : ((await decisions.decision(tx, decision.follows)) ?? decision);
  const of = (await cases.caseOf(tx, decision.case)) as cases.Case;
  const reports = (await intake.reportsOf(tx, decision.case)).filter(({ cameAt }) => cameAt <= decision.decidedAt);
  const clause = decision.clause === null ? undefined : (await policy.named(tx, decision.policy))?.clauseOf(decision.clause);
  const measures = await enforcement.actionsOf(tx, decision.id);
  // What lifts a timed measure stands last; the statement says what was decided.
  const measure = decision.endsAt === null ? measures.at(-1) : measures[0];
  const { visibility, other, provision, account } = measure ? restrictions[measure.desired] : {};
  const payload = await reveal(spine, tx, 'decision.made', decision.record);
  const harm = clause?.harm ?? of.harm;
  const { category, addition, specification } = filed(
    harm,
    decision.clause,
    reports.flatMap(({ reason }) => reason ?? []),
  );
  const end = (decision.endsAt ?? decision.expiresAt)?.toISOString() ?? null;
  const incompatible = clause?.ground === 'INCOMPATIBLE_CONTENT';
  const instructed = (await instructions.instructionOf(tx, decision.id)) !== undefined;
  const law =
    clause?.ground === 'ILLEGAL_CONTENT' ? { ground: clause.law.en, why: clause.rule.en } : instructed && visibility ? instruction : null;
  const rule = ruleIn(await versionsOf(tx, decision.record));
  return {
    puid: decision.puid,
    decision: decision.id,
    harm,
    category,
    category_addition: [...addition],
    category_specification: [...specification],
    decision_visibility: visibility ? [visibility] : [],
    decision_visibility_other: other ?? null,
    decision_monetary: null,
    decision_provision: provision ?? null,
    decision_account: account ?? null,
    decision_ground: clause?.ground ?? (law ? ('ILLEGAL_CONTENT' as const) : null),
    illegal_content_legal_ground: law?.ground.slice(0, 500) ?? null,
    illegal_content_explanation: law?.why.slice(0, 2_000) ?? null,
    incompatible_content_ground: incompatible && clause ? `${clause.number} ${clause.title.en}`.slice(0, 500) : null,
    incompatible_content_explanation: incompatible && clause ? clause.rule.en.slice(0, 2_000) : null,
    incompatible_content_illegal: incompatible ? ('No' as const) : null,
    clause: decision.clause,
    policy: decision.policy,
    rule: rule?.name ?? null,
    rule_version: rule?.version ?? null,
    ...(await contentOf(spine, tx, about, specification)),
    source_type: instructed ? ('SOURCE_TYPE_OTHER_NOTIFICATION' as const) : sourceOf(of, reports[0]),
    automated_detection: of.openedBy !== 'report' ? ('Yes' as const) : ('No' as const),
    automated_decision: automation[decision.automated],
    territorial_scope: [measure?.territory ?? world],
    decided_at: decision.decidedAt.toISOString(),
    // Restricted from when the platform said so; until then the day of the decision is what there is to say.
    application_date: (measure?.state === 'acknowledged' ? measure.settledAt : null)?.toISOString() ?? decision.decidedAt.toISOString(),
    end_date: end,
    end_date_visibility_restriction: visibility ? end : null,
    end_date_service_restriction: provision ? end : null,
    end_date_account_restriction: account ? end : null,
    appeal_until: (await appealableUntil(tx, decision))?.toISOString() ?? null,
    superseded_by: decision.supersededBy,
    decision_facts: payload?.reason ? payload.reason.slice(0, 5_000) : factsOf(decision, rule),
    reason: payload?.reason ?? null,
  };
}

export type Statement = Awaited<ReturnType<typeof statementOf>>;

/** The rule that a machine went by, as the decision's record names it. */
export function ruleIn(versions: Readonly<Record<string, string>>): { readonly name: string; readonly version: string } | null {
  const [found] = Object.entries(versions).filter(([name]) => name.startsWith('rule:'));
  return found ? { name: found[0].slice('rule:'.length), version: found[1] } : null;
}

/** What was seen: what it consisted of, in which language, when. */
async function contentOf(spine: Spine, tx: Tx, { case: of, target, revision: seen }: decisions.Decision, specification: readonly string[]) {
  const item = await subjects.item(tx, target);
  const revision = seen === null ? undefined : await subjects.revision(tx, seen);
  const said = revision ? await reveal(spine, tx, 'content.snapshotted', revision.record) : null;
  const { types, other } = contentTypesOf(
    item?.called ?? 'item',
    said,
    specification.some((keyword) => keyword.endsWith('_DEEPFAKE')),
  );
  return {
    content_type: [...types],
    content_type_other: other,
    content_language: revision ? await detectedIn(tx, of, revision.id) : null,
    content_id: item?.externalId ?? null,
    content_date: revision ? subjects.contentDate(revision).toISOString() : null,
  };
}

/** ISO 639-1 in capitals, as the DSA's database writes it; null where nothing was screened, or screening found several languages or none. */
async function detectedIn(tx: Tx, of: string, revision: string): Promise<string | null> {
  for (const { kind, line } of await momentsOf(tx, of)) {
    if (kind !== 'verdict.given') continue;
    const { payload } = JSON.parse(line) as { payload: { revision: string; language: string } };
    if (payload.revision === revision) return /^[a-z]{2}$/.test(payload.language) ? payload.language.toUpperCase() : null;
  }
  return null;
}

/** What brought it to our notice: our own screening, or the first report. */
function sourceOf(of: cases.Case, first: intake.Report | undefined): Source {
  if (of.openedBy !== 'report' || !first) return 'SOURCE_VOLUNTARY';
  if (first.capacity === 'flagger') return 'SOURCE_TRUSTED_FLAGGER';
  return first.capacity === 'regulator' ? 'SOURCE_TYPE_OTHER_NOTIFICATION' : 'SOURCE_ARTICLE_16';
}

/** A machine writes no reason: what it found is the fact. Null where a person's reason was erased. */
function factsOf({ automated, clause }: decisions.Decision, rule: ReturnType<typeof ruleIn>): string | null {
  if (automated !== 'fully') return null;
  return rule
    ? `The rule ${rule.name}, version ${rule.version}, holds for this content.`
    : `Suspected under the clause ${clause ?? '–'}; a person decides.`;
}

/** Until when the last of those who were told may appeal; from the decision, where nobody was. */
async function appealableUntil(tx: Tx, decision: decisions.Decision): Promise<Date | null> {
  if (decision.appealUntil === null) return null;
  const handed = (await notices.noticesAbout(tx, await decisions.toldWith(tx, decision)))
    .filter(({ role, to }) => role === 'reporter' || to === decision.account)
    .flatMap(({ handedAt }) => (handedAt === null ? [] : [handedAt]))
    .at(-1);
  const of = await cases.caseOf(tx, decision.case);
  return handed === undefined || !of ? decision.appealUntil : new Date(policy.appealUntil(of.harm, handed));
}
