import type * as decisions from '../decisions/questions.ts';
import * as enforcement from '../enforcement/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import * as intake from '../intake/questions.ts';
import * as policy from '../policy/questions.ts';
import { reveal, type Spine } from '../records/questions.ts';
import * as subjects from '../subjects/questions.ts';

const visibility: Record<string, string> = {
  removed: 'REMOVED',
  inaccessible: 'DISABLED',
  disabled: 'DISABLED',
  interrupted: 'DISABLED',
  labelled: 'LABELLED',
  demoted: 'DEMOTED',
  delisted: 'DEMOTED',
  'not-recommended': 'DEMOTED',
  'age-gated': 'AGE_RESTRICTED',
  limited: 'INTERACTION_RESTRICTED',
};
const contentTypes: Record<string, string> = {
  profile: 'CONTENT_TYPE_OTHER',
  group: 'CONTENT_TYPE_OTHER',
  channel: 'CONTENT_TYPE_OTHER',
  live: 'CONTENT_TYPE_VIDEO',
  ad: 'CONTENT_TYPE_PRODUCT',
  recommendation: 'CONTENT_TYPE_OTHER',
};
/** Everywhere, as UN M.49 and CLDR write it: ISO 3166 has no word for it. */
const world = '001';

/**
 * A decision as a statement of reasons, in the field set of the DSA's database, widened (formats.md). Every field is derived from records:
 * schema-valid isn't true, a form would be. Personal data is not in it.
 */
export async function statementOf(spine: Spine, tx: Tx, decision: decisions.Decision) {
  const item = await subjects.item(tx, decision.target);
  const snapshot = decision.revision === null ? undefined : await subjects.revision(tx, decision.revision);
  const reports = await intake.reportsOf(tx, decision.case);
  const clause = decision.clause === null ? undefined : (await policy.named(tx, decision.policy))?.clauseOf(decision.clause);
  const measures = await enforcement.actionsOf(tx, decision.id);
  // What lifts a timed measure stands last; the statement says what was decided.
  const measure = decision.endsAt === null ? measures.at(-1) : measures[0];
  const desired = measure?.desired;
  const payload = await reveal(spine, tx, 'decision.made', decision.record);
  const harm = clause?.harm ?? reports[0]?.harm ?? null;
  return {
    puid: decision.puid,
    decision: decision.id,
    harm,
    category: harm === null ? null : policy.harmEntry(harm).dsa,
    decision_visibility: desired === undefined ? [] : visibility[desired] ? [visibility[desired]] : [],
    decision_ground: clause?.ground ?? null,
    illegal_content_legal_ground: clause?.ground === 'ILLEGAL_CONTENT' ? clause.law.en.slice(0, 500) : null,
    illegal_content_explanation: clause?.ground === 'ILLEGAL_CONTENT' ? clause.rule.en.slice(0, 2_000) : null,
    incompatible_content_ground: clause?.ground === 'INCOMPATIBLE_CONTENT' ? `${clause.number} ${clause.title.en}`.slice(0, 500) : null,
    incompatible_content_explanation: clause?.ground === 'INCOMPATIBLE_CONTENT' ? clause.rule.en.slice(0, 2_000) : null,
    clause: decision.clause,
    policy: decision.policy,
    content_type: [contentTypes[item?.kind ?? ''] ?? 'CONTENT_TYPE_TEXT'],
    content_id: item?.externalId ?? null,
    content_date: snapshot?.seenAt.toISOString() ?? null,
    source_type: reports.length > 0 ? 'SOURCE_ARTICLE_16' : 'SOURCE_VOLUNTARY',
    automated_detection: reports.length > 0 ? 'No' : 'Yes',
    automated_decision: {
      fully: 'AUTOMATED_DECISION_FULLY',
      partly: 'AUTOMATED_DECISION_PARTIALLY',
      not: 'AUTOMATED_DECISION_NOT_AUTOMATED',
    }[decision.automated],
    territorial_scope: [measure?.territory ?? world],
    application_date: decision.decidedAt.toISOString(),
    end_date: (decision.endsAt ?? decision.expiresAt)?.toISOString() ?? null,
    appeal_until: decision.appealUntil?.toISOString() ?? null,
    superseded_by: decision.supersededBy,
    reason: payload?.reason ?? null,
  };
}
