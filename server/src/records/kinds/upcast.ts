import type { Kind } from '../kinds.ts';

type Old = Readonly<Record<string, unknown>>;

/** One step up: what the next version of the kind would have said. `of` is the case the record belongs to. */
type Step = (payload: Old, of: { readonly case: string | null }) => Old;

/**
 * A record outlives the code. Where a kind got a new shape, each older version has here the step to the version after it, so that whoever
 * hears, reads or folds an old record sees today's payload. A released version never changes; its step neither.
 */
const steps: { readonly [K in Kind]?: Readonly<Record<number, Step>> } = {
  // An item was the only thing a decision could be about.
  'decision.made': {
    1: ({ item, ...rest }) => ({ ...rest, target_kind: 'item', target: item, follows: null, ends_at: null, plan: null, lessened: null }),
  },
  // It answered nothing; and where nobody was the author, its reason was not kept.
  'decision.proposed': { 1: (payload) => ({ ...payload, answers: null, said: null }) },
  'decision.held': { 1: (payload) => ({ ...payload, said: null }) },
  'action.ordered': {
    1: ({ item, ...rest }) => ({ ...rest, target_kind: 'item', target: item }),
    // It held everywhere.
    2: (payload) => ({ ...payload, territory: null }),
  },
  // There were no advertisements, no live sessions and no kinds but ours.
  'content.snapshotted': {
    1: (payload) => ({ ...payload, own: null, fields: null, ad: null, segment: null, segments: null }),
    // Content was dated by when it was seen, whatever the platform said.
    2: (payload) => ({ ...payload, created_at: null, written_at: null }),
  },
  // Nothing was said of anybody's age.
  'account.noted': { 1: (payload) => ({ ...payload, age_band: null }) },
  // The same words; since then there are more of them.
  'surface.defined': { 1: (payload) => payload },
  'action.acknowledged': {
    1: ({ temporary, ...rest }, of) => ({ ...rest, subject: of.case, stops: temporary === true ? ['protect'] : ['protect', 'enforce'] }),
  },
  // The same words; since then there are more of them.
  'call.made': { 1: (payload) => payload },
  'case.closed': { 1: (payload) => payload },
  'party.erased': { 1: (payload) => payload },
  // Files could not be opened.
  'material.viewed': { 1: (payload) => ({ ...payload, place: null }) },
  // The same words; since then there are more of them.
  'action.mismatched': { 1: (payload) => payload },
  // It always had clocks, and was to be worked on by the first of them.
  'case.opened': {
    1: (payload) => ({ ...payload, due_at: (payload['clocks'] as readonly { due_at: string }[]).map(({ due_at }) => due_at).sort()[0] }),
    // The same words; since then there are more of them.
    2: (payload) => payload,
  },
  // What was worse had no less time for it.
  'case.escalated': { 1: (payload) => ({ ...payload, clocks: [] }) },
  // Nobody was asked for more than a harm, and everybody was somebody of the public.
  'report.received': {
    1: (payload) => ({
      ...payload,
      reason: null,
      capacity: 'user',
      flagger: null,
      relation: null,
      reference: null,
      age_days: null,
      lane: 1,
    }),
  },
  // The same words; since then there are more of them.
  'staff.enrolled': { 1: (payload) => payload },
  'staff.roles-set': { 1: (payload) => payload },
  // Nobody could inquire yet; and since then there is e-mail.
  'notice.written': { 1: (payload) => ({ ...payload, inquiry: null }) },
  'notice.handed': { 1: (payload) => ({ ...payload, inquiry: null }) },
  // A second person had always accepted it.
  'policy.scheduled': { 1: (payload) => ({ ...payload, single_handed: false }) },
  // One person was enough.
  'flagger.accredited': { 1: (payload) => ({ ...payload, accreditation: null }) },
  // Upheld and overturned mean what they meant.
  'appeal.decided': { 1: (payload) => payload },
};

/** Today's payload of a record of any version. */
export function upcast(kind: Kind, version: number, payload: Old, of: { readonly case: string | null }): Old {
  let told = payload;
  for (let at = version; ; at++) {
    const step = steps[kind]?.[at];
    if (!step) return told;
    told = step(told, of);
  }
}
