import { Problem, type ProblemCode } from '../foundation/http/problems.ts';
import { type Member, roleWork, type StaffRole, staffRoles } from './member.ts';

/** What a rule has to know about an object, where its kind isn't enough. */
interface Facts {
  /** Who made the decision under appeal; null: a machine. */
  readonly appeal: { readonly decidedBy: string | null };
  /** Who made it; null: a machine. */
  readonly decision: { readonly decidedBy: string | null };
  /** Everybody who wrote at it. */
  readonly draft: { readonly authors: readonly string[] };
  /** Whose roles they are. */
  readonly member: { readonly id: string };
}

/** Every kind of object that an action can be about. */
type ObjectKind =
  | keyof Facts
  | 'queue'
  | 'case'
  | 'report'
  | 'account'
  | 'material'
  | 'appeals'
  | 'enforcement'
  | 'delivery'
  | 'clocks'
  | 'flaggers'
  | 'counts'
  | 'obligations'
  | 'policy'
  | 'rules'
  | 'staff';

/** What must hold beside the role. */
interface Condition<K extends keyof Facts> {
  readonly says: string;
  readonly holds: (member: Member, facts: Facts[K]) => boolean;
  readonly else: ProblemCode;
}

type Row = {
  readonly [K in ObjectKind]: {
    readonly object: K;
    readonly roles: readonly StaffRole[];
    readonly condition?: K extends keyof Facts ? Condition<K> : never;
  };
}[ObjectKind];

/** Invariant 6: the second person never is the first. */
const another = {
  says: 'not on their own decision',
  holds: (member: Member, { decidedBy }: { decidedBy: string | null }) => decidedBy !== member.id,
  else: 'same-person',
} as const;

/** The second person neither wrote nor proposed it. */
const notTheirs = {
  says: 'not what they wrote',
  holds: (member: Member, { authors }: { authors: readonly string[] }) => !authors.includes(member.id),
  else: 'same-person',
} as const;

const deciding = ['moderator', 'senior-moderator'] as const satisfies readonly StaffRole[];
const everybody = ['moderator', 'senior-moderator', 'administrator'] as const satisfies readonly StaffRole[];

/** Who changes what is forbidden, and the rules of screening. */
const writing = ['senior-moderator', 'administrator'] as const satisfies readonly StaffRole[];

/**
 * The permission table: each action, the object it is about, the roles that may, and what must hold besides. The one place where rights are
 * written down; who isn't named may not. A new role is a word in `roles`, a new action a row.
 */
const table = {
  'queue.view': { object: 'queue', roles: deciding },
  'case.view': { object: 'case', roles: deciding },
  'case.claim': { object: 'case', roles: deciding },
  'case.withhold': { object: 'case', roles: deciding },
  'case.decide': { object: 'case', roles: deciding },
  'case.hand-over': { object: 'case', roles: deciding },
  'case.take-raised': { object: 'case', roles: ['senior-moderator'] },
  'case.park': { object: 'case', roles: deciding },
  'case.note': { object: 'case', roles: deciding },
  'report.dismiss': { object: 'report', roles: deciding },
  'material.view': { object: 'material', roles: deciding },
  'account.view': { object: 'account', roles: deciding },
  // The second person; the first suspended the account (catalogue/ladder.json).
  'account.terminate': { object: 'decision', roles: ['senior-moderator'], condition: another },
  'decision.reverse': { object: 'decision', roles: ['senior-moderator'], condition: another },
  'appeals.view': { object: 'appeals', roles: ['senior-moderator'] },
  'appeal.decide': { object: 'appeal', roles: ['senior-moderator'], condition: another },
  'enforcement.view': { object: 'enforcement', roles: everybody },
  'delivery.replay': { object: 'delivery', roles: ['senior-moderator', 'administrator'] },
  'clocks.view': { object: 'clocks', roles: everybody },
  'counts.view': { object: 'counts', roles: everybody },
  'obligations.view': { object: 'obligations', roles: everybody },
  'flaggers.manage': { object: 'flaggers', roles: ['administrator'] },
  'policy.view': { object: 'policy', roles: everybody },
  'policy.write': { object: 'policy', roles: writing },
  'policy.review': {
    object: 'draft',
    roles: writing,
    condition: notTheirs,
  },
  'policy.publish': { object: 'policy', roles: writing },
  'rule.view': { object: 'rules', roles: everybody },
  'rule.write': { object: 'rules', roles: writing },
  'rule.publish': { object: 'draft', roles: writing, condition: notTheirs },
  'staff.manage': { object: 'staff', roles: ['administrator'] },
  'staff.set-roles': {
    object: 'member',
    roles: ['administrator'],
    // An administrator who could make themselves a moderator would be one.
    condition: { says: 'not their own', holds: (member, { id }) => member.id !== id, else: 'same-person' },
  },
} as const satisfies Readonly<Record<string, Row>>;

type Table = typeof table;

/** The closed union of what can be done. */
export type Action = keyof Table;

export const actions = Object.keys(table) as readonly Action[];

/** What `may` is asked about: the word for the kind, or, where a condition looks at it, the kind with the facts. */
export type AccessObject<A extends Action> = Table[A] extends { readonly condition: object; readonly object: infer K extends keyof Facts }
  ? { readonly type: K } & Facts[K]
  : Table[A]['object'];

export type Answer = { readonly allowed: true } | { readonly allowed: false; readonly code: ProblemCode; readonly why: string };

/** May this person do that to this object? Pure; an action asked about another kind of object is refused. */
export function may<A extends Action>(member: Member, action: A, object: AccessObject<A>): Answer {
  const row: Row = table[action];
  const asked: unknown = object;
  const kind = typeof asked === 'string' ? asked : (asked as { readonly type: string }).type;
  if (kind !== row.object) return { allowed: false, code: 'forbidden', why: `${action} is not about ${kind}.` };
  if (!row.roles.some((role) => member.roles.includes(role)))
    return { allowed: false, code: 'forbidden', why: `${action} needs the role ${row.roles.join(' or ')}.` };
  const condition = row.condition as Condition<keyof Facts> | undefined;
  if (condition && !condition.holds(member, asked as Facts[keyof Facts]))
    return { allowed: false, code: condition.else, why: `${action} needs a second person (${condition.says}).` };
  return { allowed: true };
}

/** The one check. @throws Problem `forbidden`, or `same-person` where a second person is needed */
export function demand<A extends Action>(member: Member, action: A, object: AccessObject<A>): void {
  const answer = may(member, action, object);
  if (!answer.allowed) throw new Problem(answer.code, answer.why);
}

/** What an action is about, and the condition it has. For the matrix test and the reference. */
export function ruleOf(action: Action): {
  readonly object: ObjectKind;
  readonly roles: readonly StaffRole[];
  readonly condition: string | null;
} {
  const { object, roles, condition }: Row = table[action];
  return { object, roles, condition: condition?.says ?? null };
}

/** The page `docs/reference/access.md`, generated: actions down, roles across. */
export function accessReference(): string {
  const rows = actions.map((action) => {
    const { object, roles, condition } = ruleOf(action);
    const cells = staffRoles.map((role) => (roles.includes(role) ? (condition === null ? 'yes' : `yes, ${condition}`) : ''));
    return `| \`${action}\` | ${object} | ${cells.join(' | ')} |`;
  });
  return [
    '# Who may do what',
    '',
    'Generated from `server/src/staff/access.ts`, the one permission table. An empty cell is a refusal. A person with several roles may do',
    'what any of them may; a condition holds whatever other roles they have.',
    '',
    ...staffRoles.map((role) => `- **${role}** ${roleWork[role]}.`),
    '',
    `| action | object | ${staffRoles.join(' | ')} |`,
    `|---|---|${staffRoles.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
}
