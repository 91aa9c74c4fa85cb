import { Type } from 'typebox';
import { clockStart, count, harm, kind, language, list, maybe, object, one, secret, time, uuid, word } from './terms.ts';

/** Cases, reports, and who makes these. */
export const cases = {
  // `due_at`: by when it is to be worked on; where no law's clock runs there is no other.
  'case.opened': kind(3, {
    case: uuid,
    harm,
    priority: Type.Boolean(),
    opened_by: one('report', 'verdict', 'link'),
    surface: word,
    item: uuid,
    revision: uuid,
    language: word,
    clocks: list(clockStart),
    due_at: time,
  }),
  'case.revision-added': kind(1, { item: uuid, revision: uuid }),
  // `clocks`: those that end earlier by it than they would have.
  'case.escalated': kind(2, { harm, priority: Type.Boolean(), clocks: list(clockStart) }),
  // Somebody had told the provider before whoever opened the case: what was promised runs from then.
  'case.brought-forward': kind(1, { clocks: list(clockStart) }),
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
  // Accrediting one needs two people. `again`: of one that was suspended. `account_id`: what the platform calls the account.
  'accreditation.proposed': kind(1, {
    accreditation: uuid,
    flagger: uuid,
    name: word,
    again: Type.Boolean(),
    account_id: secret('account', word),
    reason: secret('flagger', Type.String()),
  }),
  'accreditation.refused': kind(1, { accreditation: uuid, reason: secret('flagger', Type.String()) }),
  'accreditation.withdrawn': kind(1, { accreditation: uuid }),
  // Who accepts it is the actor, and stands beside the proposer. `accreditation`: what was proposed.
  'flagger.accredited': kind(2, { flagger: uuid, name: word, accreditation: maybe(uuid) }),
  'flagger.suspended': kind(1, { flagger: uuid, reason: secret('flagger', Type.String()) }),
} as const;
