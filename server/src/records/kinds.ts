import { type Static, type TObject, type TSchema, Type } from 'typebox';

/**
 * Every kind of record, one row a kind: what its payload holds. A kind's shape never changes: a new shape is a new version, and the schema of
 * each version lies in `catalogue/records/` for ever. Personal data and free text stand here as `secret(role, …)`: the record holds only
 * `{commitment}`, the value is encrypted under the data key of whoever has that role among the parties, and is null after their erasure.
 */
export type Purpose = 'profile' | 'report' | 'evidence' | 'lawful' | 'staff' | 'linking' | 'contact';

const uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const word = Type.String({ minLength: 1, maxLength: 200 });
const count = Type.Integer({ minimum: 0 });
const nothing = Type.Null();
const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, nothing]);
const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, { additionalProperties: false });
const list = <T extends TSchema>(items: T) => Type.Array(items);
const one = <const V extends readonly string[]>(...values: V) => Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });
const secret = <T extends TSchema>(role: string, schema: T) => Type.Union([schema, nothing], { 'x-secret': role });

const language = one('ms', 'en', 'zh', 'ta');
const harm = one('csam', 'intimate-image', 'scam', 'bullying-hate', 'violence-terrorism', 'child-harm', 'manipulated-media');
// What is decided, asked of a platform and shown there: the lists stand with the actions and the policy and grow; a record keeps the word.
const act = Type.String({ pattern: '^[a-z][a-z-]{0,39}$' });
const clockStart = object({
  clock: one('acknowledge', 'protect', 'determine', 'enforce', 'answer.status', 'answer.outcome', 'appeal.answer'),
  due_at: time,
});
// A target that is an account is named by the account's *evidence* handle, as a uuid: who that is leaves with the person.
const targetKind = one('item', 'account');
/** Of several cases as one, what is decided of each, and for whose account less than the ladder has, by a case of theirs. */
const judgedAsOne = object({
  cases: list(object({ case: uuid, revision: uuid, determination: act })),
  less: list(object({ case: uuid, measure: maybe(act) })),
});
const media = list(object({ sha256: maybe(word), sha1: maybe(word), md5: maybe(word), type: maybe(word), kept: Type.Boolean() }));
// The roles there are stand with the staff, and grow; a record keeps the word.
const roles = list(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }));

const outcome = one('actioned', 'no-violation', 'already-decided');
const answering = one('acknowledge', 'answer.status', 'answer.outcome', 'appeal.answer', 'inquiry.answer');

// What the ladder said of the author: the strike that this decision is, which were counted with it, the step that they reach.
const plan = object({
  ladder: word,
  strike: maybe(object({ weight: count, until: time })),
  counted: list(uuid),
  total: count,
  suggested: maybe(act),
  taken: maybe(act),
});
const words = object({ ms: Type.String(), en: Type.String(), zh: Type.String(), ta: Type.String() });
const clause = object({
  id: word,
  number: word,
  harm,
  title: words,
  rule: words,
  determination: word,
  ground: one('ILLEGAL_CONTENT', 'INCOMPATIBLE_CONTENT'),
  law: words,
  cites: list(word),
  examples: object({ violating: list(words), allowed: list(words) }),
});
const ruleWords = Type.Object(
  {
    ms: Type.Optional(Type.String()),
    en: Type.Optional(Type.String()),
    zh: Type.Optional(Type.String()),
    ta: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
const policyChanges = object({ intro: maybe(words), clauses: list(object({ id: word, clause: maybe(clause) })) });

const kind = <P extends Record<string, TSchema>>(version: number, properties: P) => ({ version, payload: object(properties) });

export const kinds = {
  'log.key-announced': kind(1, { vkey: word }),

  'service.registered': kind(1, { slug: word, name: word, languages: list(language), webhook_url: maybe(word) }),
  'service.pace-set': kind(1, { per_second: count, at_once: count }),
  'service.media-hosts-set': kind(1, { hosts: list(object({ host: word, inside: Type.Boolean() })) }),
  // A kind of item of the service's own, handled as one of ours. A changed schema is a new definition, which counts from then on.
  'item-kind.defined': kind(1, { kind: act, as: act, schema: Type.String({ maxLength: 16_384 }), digest: word }),
  'surface.defined': kind(2, {
    slug: word,
    type: act,
    private: one('yes', 'no', 'grey'),
    private_reason: Type.String(),
    screening: Type.Boolean(),
  }),
  'policy.published': kind(1, { policy: word, digest: word, single_handed: Type.Boolean() }),
  'policy.drafted': kind(1, { draft: uuid, based_on: word, digest: word, changes: policyChanges }),
  'policy.reviewed': kind(1, { draft: uuid, digest: word, outcome: one('accepted', 'returned'), reason: secret('actor', Type.String()) }),
  'policy.scheduled': kind(1, { draft: uuid, policy: word, based_on: word, digest: word, changes: policyChanges, in_force_from: time }),
  'policy.dropped': kind(1, { draft: uuid }),
  'policy.withdrawn': kind(1, { policy: word }),
  'policy.confirmed': kind(1, { policy: word, digest: word }),

  'staff.enrolled': kind(2, { staff: uuid, name: secret('member', word), login: secret('member', word), roles, languages: list(language) }),
  'staff.roles-set': kind(2, { staff: uuid, roles }),
  'staff.disabled': kind(1, { staff: uuid }),

  'staff.secrets-reset': kind(1, { staff: uuid }),
  'staff.own-changed': kind(1, { staff: uuid, what: one('password', 'recovery-codes', 'sessions') }),
  'staff.recovery-used': kind(1, { staff: uuid, left: count }),

  'account.noted': kind(2, {
    external_id: secret('account', word),
    handle: secret('account', word),
    language: maybe(language),
    age_band: secret('account', one('under-13', '13-17', 'adult')),
  }),
  'content.snapshotted': kind(2, {
    item: uuid,
    revision: uuid,
    item_kind: act,
    // What the service calls it, where it is a kind of its own, and the digest of the schema that its fields were checked by.
    own: maybe(object({ kind: act, schema: word })),
    surface: word,
    platform_revision: word,
    attested: one('platform', 'reporter', 'franked'),
    complete: Type.Boolean(),
    external_id: secret('author', word),
    parent: secret('author', word),
    url: secret('author', Type.String()),
    text: secret('author', Type.String()),
    // As JSON text: prices and weights are numbers that the log's own form has not.
    fields: secret('author', Type.String()),
    media: secret('author', media),
    // Of an advertisement who pays for it and where it leads; of a live session which part of it this is.
    ad: secret('author', object({ advertiser: word, landing_url: Type.String() })),
    segment: secret('author', object({ number: count, from: time, until: maybe(time) })),
    // And which parts the session had when it was seen, each by its digest.
    segments: secret('author', list(object({ number: count, from: time, until: maybe(time), sha256: maybe(word) }))),
  }),
  // A file that the platform handed in by its address: asked for, there, or not to be had. Address and digest are the author's.
  'media.awaited': kind(1, {
    media: uuid,
    revision: uuid,
    place: count,
    file: secret('author', object({ url: Type.String(), sha256: word, size: count, type: word })),
  }),
  'media.kept': kind(1, {
    media: uuid,
    revision: uuid,
    completes: Type.Boolean(),
    file: secret('author', object({ sha256: word, sha1: word, md5: word, type: word, size: count })),
  }),
  'media.failed': kind(1, { media: uuid, reason: act }),
  'material.viewed': kind(1, { revision: uuid, why: word }),
  'account.identified': kind(1, { identifiers: secret('account', list(object({ kind: act, digest: word }))) }),
  'party.erased': kind(2, { handle: word, purpose: one('profile', 'report', 'evidence', 'lawful', 'staff', 'linking', 'contact') }),

  'screening.counted': kind(1, { surface: word, minute: time, allowed: count, languages: Type.Record(Type.String(), count) }),
  'rule.drafted': kind(1, {
    rule: uuid,
    slug: word,
    version: word,
    harm,
    clause: word,
    when: Type.String({ maxLength: 1_000 }),
    verdict: one('review', 'restrict', 'withhold', 'block'),
    name: ruleWords,
    why: ruleWords,
  }),
  'rule.shadowed': kind(1, { rule: uuid }),
  'rule.proposed': kind(1, { rule: uuid }),
  'rule.made-live': kind(1, { rule: uuid }),
  'rule.braked': kind(1, { rule: uuid, hits: count, screened: count }),
  'rule.switched-off': kind(1, { rule: uuid }),
  'rules.counted': kind(1, { minute: time, screened: count, hits: Type.Record(Type.String(), count) }),
  'verdict.given': kind(1, {
    screening: uuid,
    item: uuid,
    revision: uuid,
    verdict: one('review', 'restrict', 'withhold', 'block'),
    harm,
    clause: word,
    language: word,
    signals: list(object({ detector: word, version: word, harm, clause: word, level: one('low', 'medium', 'high'), score: count })),
  }),

  'case.opened': kind(1, {
    case: uuid,
    harm,
    priority: Type.Boolean(),
    opened_by: one('report', 'verdict'),
    surface: word,
    item: uuid,
    revision: uuid,
    language: word,
    clocks: list(clockStart),
  }),
  'case.revision-added': kind(1, { item: uuid, revision: uuid }),
  'case.escalated': kind(1, { harm, priority: Type.Boolean() }),
  // The work on a case. Notes lie under the key of whom the case is about, or, where nobody is known, of who wrote them.
  'case.weighed': kind(1, { severity: one('critical', 'high', 'medium', 'low'), live: Type.Boolean() }),
  'case.handed-over': kind(1, { desk: maybe(word), to: one('desk', 'person'), note: secret('about', Type.String()) }),
  'case.raised': kind(1, { note: secret('about', Type.String()) }),
  'case.parked': kind(1, { until: time, note: secret('about', Type.String()) }),
  'case.returned': kind(1, { by: one('time', 'person', 'worse') }),
  'case.noted': kind(1, { note: secret('about', Type.String()) }),
  'case.flooded': kind(1, { reports: count, young: count, minutes: count }),
  // Several cases decided as one: a case that is brought into a bundle, and what was decided together.
  'case.bundled': kind(1, { into: uuid, why: list(one('link', 'text', 'file', 'author', 'chosen')), due_at: time }),
  'case.unbundled': kind(1, { from: uuid, by: one('person', 'worse') }),
  // Two cases about one matter: the one that is merged says into which, the one that leads says what all that it carries comes to.
  'case.merged': kind(1, { into: uuid, why: list(one('link', 'text', 'file', 'author', 'chosen')) }),
  'case.unmerged': kind(1, { from: uuid, by: one('person', 'worse', 'instruction') }),
  'case.combined': kind(1, {
    with: list(uuid),
    harm,
    priority: Type.Boolean(),
    clocks: list(clockStart),
    rank: maybe(count),
    due_at: maybe(time),
  }),
  'bundle.decided': kind(1, { bundle: uuid, decisions: list(uuid) }),
  // What is decided while it runs is told to nobody outside. Why is told to nobody but the staff, and lies under the key of who imposed it.
  'secrecy.imposed': kind(1, { secrecy: uuid, basis: one('authority', 'referral'), until: time, reason: secret('actor', Type.String()) }),
  'secrecy.ended': kind(1, { secrecy: uuid, by: one('time', 'person'), decisions: list(uuid) }),
  // *Moot*: what was decided against it could not be carried out any more.
  'case.closed': kind(2, { outcome: one('actioned', 'no-violation', 'moot') }),

  // `capacity`: in which somebody reports. `age_days`: of their account, where the platform says. `lane`: before (0), among (1) or after (2)
  // the others of the same class.
  'report.received': kind(2, {
    report: uuid,
    item: uuid,
    revision: uuid,
    harm,
    reason: maybe(word),
    language,
    reporter: one('account', 'contact'),
    capacity: one('user', 'guardian', 'flagger', 'regulator'),
    flagger: maybe(uuid),
    relation: secret('reporter', word),
    reference: secret('reporter', word),
    age_days: maybe(count),
    lane: Type.Integer({ minimum: 0, maximum: 2 }),
    joined: Type.Boolean(),
    text: secret('reporter', Type.String()),
    access: secret('reporter', object({ code: word, pin: word, shown: word })),
    // An address to write to has a key of its own, one a report: it goes when no notice can follow any more, and the report stays.
    email: secret('contact', word),
    clocks: list(clockStart),
  }),
  // On one of the grounds of Act 866 s.21, and on no other; what is decided about the content is a decision apart.
  'report.dismissed': kind(1, {
    report: uuid,
    ground: one('frivolous', 'vexatious', 'not-in-good-faith', 'trivial', 'duplicate'),
    reason: secret('reporter', Type.String()),
  }),

  // On an inquiry its dismissal is taken back: it waits for an answer again.
  'report.taken-up': kind(1, {
    report: uuid,
    inquiry: uuid,
    clocks: list(object({ clock: one('answer.outcome'), due_at: time })),
  }),

  // An accredited organisation is no person; from which account it reports is personal, and stands among the parties.
  'users.counted': kind(1, { surface: word, day: word, peak: count, daily: count, monthly: count, method: word }),
  'flagger.accredited': kind(1, { flagger: uuid, name: word }),
  'flagger.suspended': kind(1, { flagger: uuid, reason: secret('flagger', Type.String()) }),

  'decision.made': kind(2, {
    decision: uuid,
    puid: word,
    stage: one('temporary', 'final'),
    automated: one('fully', 'partly', 'not'),
    target_kind: targetKind,
    target: uuid,
    revision: maybe(uuid),
    determination: act,
    clause: maybe(word),
    policy: word,
    ground: maybe(one('ILLEGAL_CONTENT', 'INCOMPATIBLE_CONTENT')),
    reason: secret('author', Type.String()),
    supersedes: maybe(uuid),
    appeal: maybe(uuid),
    follows: maybe(uuid),
    ends_at: maybe(time),
    plan: maybe(plan),
    lessened: secret('actor', Type.String()),
    expires_at: maybe(time),
    appeal_until: maybe(time),
    clocks: list(clockStart),
  }),
  // `needs`: why one person is not enough. `after`: the proposal that a second person changed into this one.
  'decision.proposed': kind(1, {
    proposal: uuid,
    revision: uuid,
    determination: act,
    clause: maybe(word),
    policy: word,
    needs: list(one('csam', 'terrorism', 'irreversible', 'bulk')),
    territory: maybe(word),
    days: maybe(count),
    reason: secret('author', Type.String()),
    measure: maybe(act),
    lessened: secret('actor', Type.String()),
    after: maybe(uuid),
    bundle: maybe(judgedAsOne),
  }),
  'proposal.settled': kind(1, {
    proposal: uuid,
    outcome: one('confirmed', 'changed', 'refused', 'cancelled'),
    decision: maybe(uuid),
    reason: secret('author', Type.String()),
  }),
  'decision.held': kind(1, {
    held: uuid,
    revision: uuid,
    determination: act,
    clause: maybe(word),
    territory: maybe(word),
    days: maybe(count),
    policy: word,
    reason: secret('author', Type.String()),
    measure: maybe(act),
    lessened: secret('actor', Type.String()),
    // of a ruling on an appeal: which, how it ends, and whether it is about that decision alone of what was decided as one
    appeal: maybe(uuid),
    outcome: maybe(one('overturned', 'partly')),
    alone: maybe(Type.Boolean()),
    bundle: maybe(judgedAsOne),
    until: time,
  }),
  'decision.released': kind(1, { held: uuid, decision: uuid }),
  'decision.undone': kind(1, { held: uuid, by: one('person', 'change') }),
  // Somebody decides alone what needs two, for a day at most; another reviews it.
  'break-glass.opened': kind(1, { glass: uuid, until: time, reason: secret('actor', Type.String()) }),
  'break-glass.closed': kind(1, { glass: uuid }),
  'break-glass.used': kind(1, { glass: uuid, proposal: uuid, decision: uuid, needs: list(act) }),
  'break-glass.reviewed': kind(1, {
    decision: uuid,
    outcome: one('upheld', 'reversed', 'objected'),
    instead: maybe(uuid),
    reason: secret('actor', Type.String()),
  }),
  // A second person from outside, for one proposal; their name lies under a key of their own.
  'second.invited': kind(1, { invitation: uuid, proposal: uuid, until: time, name: secret('guest', word) }),
  'second.opened': kind(1, { invitation: uuid }),
  'second.settled': kind(1, { invitation: uuid, outcome: one('confirmed', 'refused') }),
  'period.lapsed': kind(1, { decision: uuid, on_lapse: one('keep', 'restore') }),
  'measure.ended': kind(1, { decision: uuid }),
  'clock.breached': kind(1, { clock: word, subject: uuid, due_at: time, reason: word }),
  'clock.warned': kind(1, { clock: word, subject: uuid, due_at: time }),
  // What a person says of a breach: it may name somebody, and lies under the key of who wrote it.
  'clock.explained': kind(1, {
    clock: word,
    subject: uuid,
    happened: secret('actor', Type.String()),
    remedy: secret('actor', Type.String()),
  }),
  // Who is called stands among the parties (`called 1` …). `short`: nobody has the role that should be called.
  'call.made': kind(1, {
    call: uuid,
    about: one('warning', 'breach', 'lapse', 'break-glass', 'alone'),
    clock: maybe(word),
    subject: maybe(uuid),
    due_at: maybe(time),
    roles,
    called: count,
    short: Type.Boolean(),
  }),
  'call.repeated': kind(1, { call: uuid, roles, called: count, short: Type.Boolean() }),
  'call.answered': kind(1, { call: uuid }),

  'action.ordered': kind(3, {
    action: uuid,
    decision: uuid,
    target_kind: targetKind,
    target: uuid,
    target_seq: count,
    do: act,
    desired: act,
    label: maybe(word),
    temporary: Type.Boolean(),
    territory: maybe(word),
    clause: maybe(word),
    not_before: time,
  }),
  // `stops`: the clocks of `subject` (a case, or a decision on an account) that have been kept with it.
  'action.acknowledged': kind(2, {
    action: uuid,
    reported: act,
    result: one('acknowledged', 'moot', 'superseded'),
    subject: uuid,
    stops: list(one('protect', 'enforce')),
  }),
  'action.lapsed': kind(1, { action: uuid }),
  'action.mismatched': kind(2, { action: uuid, reported: act }),

  'delivery.replayed': kind(1, { message: uuid, type: word, subject: uuid }),

  'notice.written': kind(2, {
    notice: uuid,
    role: one('author', 'reporter', 'appellant', 'inquirer'),
    template: word,
    language,
    report: maybe(uuid),
    decision: maybe(uuid),
    appeal: maybe(uuid),
    inquiry: maybe(uuid),
    values: secret('to', Type.Record(Type.String(), Type.String())),
    outcome: maybe(outcome),
    stops: list(answering),
  }),
  'notice.handed': kind(2, {
    notice: uuid,
    channel: one('webhook', 'page', 'email'),
    report: maybe(uuid),
    appeal: maybe(uuid),
    inquiry: maybe(uuid),
    outcome: maybe(outcome),
    stops: list(answering),
  }),

  // The mail server refused it for good, by this code of its own.
  'notice.bounced': kind(1, { notice: uuid, status: count }),

  'appeal.received': kind(1, {
    appeal: uuid,
    decision: uuid,
    role: one('author', 'reporter'),
    language,
    text: secret('appellant', Type.String()),
    clocks: list(clockStart),
  }),
  // `decision`: the new one; where another had taken the contested one's place already (*replaced*), that one.
  'appeal.decided': kind(2, {
    appeal: uuid,
    outcome: one('upheld', 'partly', 'overturned', 'replaced'),
    decision: maybe(uuid),
    reason: secret('appellant', Type.String()),
  }),

  'instruction.received': kind(1, {
    instruction: uuid,
    kind: one('remove', 'restore', 'direction', 'non-compliance'),
    reference: word,
    item: maybe(uuid),
    due_at: time,
    clocks: list(object({ clock: one('instruction'), due_at: time })),
  }),
  'instruction.carried-out': kind(1, { instruction: uuid, decision: uuid }),
  'instruction.answered': kind(1, { instruction: uuid }),
  // The regulator's mail server took the receipt.
  'receipt.sent': kind(1, { instruction: uuid }),
  'instruction.advanced': kind(1, {
    instruction: uuid,
    to: one('submitted', 'registered', 'complied', 'ended', 'paid', 'represented'),
    // By when a registered direction is to be complied with, as it states.
    due_at: maybe(time),
    clocks: list(object({ clock: one('instruction'), due_at: time })),
  }),

  // About a decision, or about a report that was dismissed.
  'inquiry.received': kind(1, {
    inquiry: uuid,
    decision: maybe(uuid),
    report: maybe(uuid),
    role: one('author', 'reporter'),
    language,
    text: secret('inquirer', Type.String()),
    clocks: list(object({ clock: one('inquiry.answer'), due_at: time })),
  }),
  'inquiry.answered': kind(1, {
    inquiry: uuid,
    outcome: one('explained', 'appeal', 'corrected'),
    appeal: maybe(uuid),
    decision: maybe(uuid),
    answer: secret('inquirer', Type.String()),
  }),
} as const satisfies Record<string, { version: number; payload: TObject }>;

export type Kind = keyof typeof kinds;
export type Payload<K extends Kind> = { [P in K]: Static<(typeof kinds)[P]['payload']> }[K];

/** The confidential fields of a kind: name → role under whose key the value is encrypted. */
export function secretFields(kind: Kind): ReadonlyMap<string, string> {
  return secrets.get(kind) as ReadonlyMap<string, string>;
}

const secrets = new Map(
  Object.entries(kinds).map(([name, { payload }]) => [
    name as Kind,
    new Map(
      Object.entries(payload.properties).flatMap(([field, schema]) =>
        'x-secret' in schema ? [[field, schema['x-secret'] as string] as const] : [],
      ),
    ),
  ]),
);
