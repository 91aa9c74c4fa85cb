import { Type } from 'typebox';
import {
  act,
  count,
  harm,
  kind,
  language,
  list,
  maybe,
  object,
  one,
  policyChanges,
  roles,
  secret,
  time,
  uuid,
  word,
  words,
} from './terms.ts';

const helpLine = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });

/** The provider itself: its services, its guidelines, its staff. */
export const provider = {
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
  // `single_handed`: whoever wrote it published it alone, and nobody has reviewed it yet.
  'policy.scheduled': kind(2, {
    draft: uuid,
    policy: word,
    based_on: word,
    digest: word,
    changes: policyChanges,
    in_force_from: time,
    single_handed: Type.Boolean(),
  }),
  'policy.dropped': kind(1, { draft: uuid }),
  'policy.withdrawn': kind(1, { policy: word }),
  'policy.confirmed': kind(1, { policy: word, digest: word }),

  // Of the numbers that people are given on a hard day: corrected or added, rung by somebody, taken away.
  'help-line.set': kind(1, {
    line: helpLine,
    number: word,
    tel: word,
    harms: maybe(list(harm)),
    name: words,
    for: words,
    hours: words,
  }),
  'help-line.confirmed': kind(1, { line: helpLine, on: word }),
  'help-line.removed': kind(1, { line: helpLine }),

  'staff.enrolled': kind(2, { staff: uuid, name: secret('member', word), login: secret('member', word), roles, languages: list(language) }),
  'staff.roles-set': kind(2, { staff: uuid, roles }),
  'staff.disabled': kind(1, { staff: uuid }),

  'staff.secrets-reset': kind(1, { staff: uuid }),
  'staff.own-changed': kind(1, { staff: uuid, what: one('password', 'recovery-codes', 'sessions') }),
  // Records left the house, from this index up to that one. With openings what they only commit to left with them: at whose hands, and why.
  'export.made': kind(1, {
    openings: Type.Boolean(),
    case: maybe(uuid),
    from: maybe(count),
    to: maybe(count),
    reason: secret('actor', Type.String()),
  }),
  'staff.recovery-used': kind(1, { staff: uuid, left: count }),
} as const;
