import { Type } from 'typebox';
import { act, count, harm, kind, language, list, maybe, media, object, one, ruleWords, secret, time, uuid, word } from './terms.ts';

/** What people write, and what the screening of it finds. */
export const content = {
  'account.noted': kind(2, {
    external_id: secret('account', word),
    handle: secret('account', word),
    language: maybe(language),
    age_band: secret('account', one('under-13', '13-17', 'adult')),
  }),
  // `created_at`, `written_at`: when the platform took the item, and, of an edit or a part of a live session, this revision of it; null where it
  // does not say, or nobody could believe it.
  'content.snapshotted': kind(3, {
    item: uuid,
    revision: uuid,
    item_kind: act,
    // What the service calls it, where it is a kind of its own, and the digest of the schema that its fields were checked by.
    own: maybe(object({ kind: act, schema: word })),
    surface: word,
    platform_revision: word,
    attested: one('platform', 'reporter', 'franked'),
    complete: Type.Boolean(),
    created_at: maybe(time),
    written_at: maybe(time),
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
  // `place`: which of its files was opened; null: what was said, or what it is known by.
  'material.viewed': kind(2, { revision: uuid, why: word, place: maybe(count) }),
  // That an account may be that of somebody whose account was ended: by which kinds of identifiers, and how sure. Whose they are lies with the
  // purpose *linking* of either; `undone`: a person found that it is somebody else, or a decision that said so was taken back.
  'account.linked': kind(1, {
    link: uuid,
    basis: secret('account', object({ kinds: list(act), confidence: one('low', 'medium', 'high') })),
  }),
  'account.unlinked': kind(1, { link: uuid, by: one('person', 'decision'), reason: secret('account', Type.String()) }),
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
} as const;
