import { Problem, type ProblemCode } from '../foundation/http/problems.ts';
import { type Member, roleWork, type StaffRole, staffRoles } from './member.ts';

/** What a rule has to know about an object, where its kind isn't enough. */
interface Facts {
  /** What a case is about: its harm says who may see it. */
  readonly case: { readonly harm: Harm };
  readonly material: { readonly harm: Harm };
  /** Who made the decision under appeal (null: a machine), and who proposed it, where it needed two. And what its case is about. */
  readonly appeal: MadeBy & { readonly harm: Harm };
  /** What its case is about. */
  readonly inquiry: { readonly harm: Harm };
  /** Who made it (null: a machine), who proposed it, where it needed two, and what its case is about. */
  readonly decision: MadeBy & { readonly harm: Harm };
  /** Everybody who wrote at it. */
  readonly draft: { readonly authors: readonly string[] };
  /** Who proposed what needs two (null: erased since), and who made the decision that it would change. */
  readonly proposal: { readonly proposedBy: string | null; readonly contestedBy?: readonly (string | null)[]; readonly harm: Harm };
  /** Who made what is not carried out yet; null: erased since. */
  readonly held: { readonly heldBy: string | null };
  /** Who wants an organisation accredited; null: erased since. */
  readonly accreditation: { readonly proposedBy: string | null };
  /** Who invited a second person from outside; null: erased since. And what the case is about. */
  readonly invitation: { readonly invitedBy: string | null; readonly harm: Harm };
  /** Who opened it; null: erased since. */
  readonly glass: { readonly openedBy: string | null };
  /** Who is called, by role. */
  readonly call: { readonly roles: readonly string[] };
  /** Whose roles they are. */
  readonly member: { readonly id: string };
}
type Harm = string;

/** Who made up their mind to what another person looks at. */
interface MadeBy {
  readonly decidedBy: string | null;
  readonly proposedBy?: string | null;
  readonly others?: readonly (string | null)[];
}

/** Every kind of object that an action can be about. */
type ObjectKind =
  | keyof Facts
  | 'queue'
  | 'account'
  | 'report'
  | 'appeals'
  | 'approvals'
  | 'inquiries'
  | 'instructions'
  | 'instruction'
  | 'secrecies'
  | 'enforcement'
  | 'delivery'
  | 'clocks'
  | 'calls'
  | 'break-glass'
  | 'flaggers'
  | 'counts'
  | 'obligations'
  | 'policy'
  | 'rules'
  | 'csam'
  | 'export'
  | 'staff'
  | 'own';

/** What must hold beside the role. */
interface Condition<K extends keyof Facts> {
  readonly says: string;
  /** @param roles those of the row */
  readonly holds: (member: Member, facts: Facts[K], roles: readonly StaffRole[]) => boolean;
  readonly else: ProblemCode;
}

type Row = {
  readonly [K in ObjectKind]: {
    readonly object: K;
    readonly roles: readonly StaffRole[];
    readonly condition?: K extends keyof Facts ? Condition<K> : never;
    /** A second one, that must hold as well. */
    readonly besides?: K extends keyof Facts ? Condition<K> : never;
  };
}[ObjectKind];

/**
 * Cases of child abuse material are seen by child-safety reviewers and nobody else, whatever other roles they have; and by that role alone
 * nothing else is seen.
 */
const inLane = {
  says: 'child abuse material only by a child-safety reviewer, who by that role sees nothing else',
  holds: (member: Member, { harm }: { harm: Harm }, roles: readonly StaffRole[]) =>
    harm === 'csam'
      ? member.roles.includes('child-safety-reviewer')
      : roles.some((role) => role !== 'child-safety-reviewer' && member.roles.includes(role)),
  else: 'forbidden',
} as const;

/** Invariant 6: the second person never is the first. */
const another = {
  says: 'not on their own decision',
  holds: (member: Member, { decidedBy, proposedBy = null, others = [] }: MadeBy) => ![decidedBy, proposedBy, ...others].includes(member.id),
  else: 'same-person',
} as const;

/** The second person neither wrote nor proposed it. */
const notTheirs = {
  says: 'not what they wrote',
  holds: (member: Member, { authors }: { authors: readonly string[] }) => !authors.includes(member.id),
  else: 'same-person',
} as const;

/** Deciding alone what needs two is for whoever wanted it, and for nobody else. */
const theirs = {
  says: 'only what they wrote or proposed',
  holds: (member: Member, { authors }: { authors: readonly string[] }) => authors.includes(member.id),
  else: 'forbidden',
} as const;

/** The same of what was proposed. */
const notFirst = {
  says: 'not what they proposed, nor what changes a decision of theirs',
  holds: (member: Member, { proposedBy, contestedBy = [] }: { proposedBy: string | null; contestedBy?: readonly (string | null)[] }) =>
    proposedBy !== member.id && !contestedBy.includes(member.id),
  else: 'same-person',
} as const;
const theFirst = {
  says: 'only what they proposed',
  holds: (member: Member, { proposedBy }: { proposedBy: string | null }) => proposedBy === member.id,
  else: 'forbidden',
} as const;

const invitedOrMay = {
  says: 'who invited them, or who may invite to that case',
  holds: (member: Member, { invitedBy, harm }: { invitedBy: string | null; harm: Harm }, roles: readonly StaffRole[]) =>
    invitedBy === member.id || inLane.holds(member, { harm }, roles),
  else: 'forbidden',
} as const;

const notOwn = {
  says: 'not their own',
  holds: (member: Member, { id }: { id: string }) => member.id !== id,
  else: 'same-person',
} as const;

/** The window is for second thoughts, not for second people. */
const ownDecision = {
  says: 'only their own',
  holds: (member: Member, { heldBy }: { heldBy: string | null }) => heldBy === member.id,
  else: 'forbidden',
} as const;

const endsGlass = {
  says: 'only what they opened, but for a compliance officer',
  holds: (member: Member, { openedBy }: { openedBy: string | null }) =>
    openedBy === member.id || member.roles.includes('compliance-officer'),
  else: 'forbidden',
} as const;

const isCalled = {
  says: 'only who is called, by their role',
  holds: (member: Member, { roles }: { roles: readonly string[] }) => member.roles.some((role) => roles.includes(role)),
  else: 'forbidden',
} as const;

const deciding = ['moderator', 'senior-moderator', 'lead', 'child-safety-reviewer'] as const satisfies readonly StaffRole[];
/** Who reads cases without deciding any. */
const reading = [...deciding, 'trainer', 'auditor'] as const satisfies readonly StaffRole[];
const hearing = ['senior-moderator', 'child-safety-reviewer'] as const satisfies readonly StaffRole[];
/** Who is the second person where two are needed. */
const seconding = ['senior-moderator', 'lead', 'child-safety-reviewer'] as const satisfies readonly StaffRole[];
/** Who speaks with the authorities. */
const official = ['compliance-officer', 'law-enforcement-liaison'] as const satisfies readonly StaffRole[];
/** Who is called (calls/call.ts). */
const onCall = ['lead', 'child-safety-reviewer', 'compliance-officer', 'administrator'] as const satisfies readonly StaffRole[];
/** Who says whose reports come first. */
const accrediting = ['administrator', 'compliance-officer'] as const satisfies readonly StaffRole[];
const everybody = staffRoles;

/** Who changes what is forbidden, and the rules of screening. */
const writing = ['policy-editor', 'senior-moderator', 'administrator'] as const satisfies readonly StaffRole[];

/** Who may say that no second person is there in time; what they then do alone asks for its own right besides. Never whoever is alarmed by it. */
const alone = [
  'senior-moderator',
  'lead',
  'child-safety-reviewer',
  'policy-editor',
  'administrator',
] as const satisfies readonly StaffRole[];

/**
 * The permission table: each action, the object it is about, the roles that may, and what must hold besides. The one place where rights are
 * written down; who isn't named may not. A new role is a word in `roles`, a new action a row.
 */
const table = {
  'queue.view': { object: 'queue', roles: reading },
  'case.view': { object: 'case', roles: reading, condition: inLane },
  'case.claim': { object: 'case', roles: deciding, condition: inLane },
  'case.withhold': { object: 'case', roles: deciding, condition: inLane },
  'case.decide': { object: 'case', roles: deciding, condition: inLane },
  // Which case it is, the step asks with case.claim or case.view.
  'case.hand-over': { object: 'case', roles: deciding },
  'case.take-raised': { object: 'case', roles: seconding },
  'case.park': { object: 'case', roles: deciding },
  'case.note': { object: 'case', roles: deciding },
  'report.dismiss': { object: 'report', roles: deciding },
  'material.view': { object: 'material', roles: deciding, condition: inLane },
  'account.view': { object: 'account', roles: deciding },
  // That it is somebody else than the ended account that it resembles.
  'account.unlink': { object: 'account', roles: deciding },
  // The second person; the first suspended the account (catalogue/ladder.json).
  'account.terminate': { object: 'decision', roles: hearing, condition: inLane, besides: another },
  'appeals.view': { object: 'appeals', roles: [...hearing, 'lead', 'auditor'] },
  'appeal.decide': { object: 'appeal', roles: hearing, condition: inLane, besides: another },
  'inquiries.view': { object: 'inquiries', roles: [...deciding, 'auditor'] },
  // Correcting, which one of the answers does, is asked as appeal.decide besides.
  'inquiry.answer': { object: 'inquiry', roles: deciding, condition: inLane },
  'instructions.view': { object: 'instructions', roles: [...official, 'auditor'] },
  'instruction.register': { object: 'instruction', roles: official },
  'approvals.view': { object: 'approvals', roles: [...deciding, 'auditor'] },
  'proposal.settle': { object: 'proposal', roles: seconding, condition: inLane, besides: notFirst },
  'proposal.cancel': { object: 'proposal', roles: deciding, condition: theFirst },
  'decision.undo': { object: 'held', roles: deciding, condition: ownDecision },
  // Who may keep from people what was decided about them; to everybody else who works here it is in sight.
  'secrecies.view': { object: 'secrecies', roles: [...seconding, ...official, 'auditor'] },
  'secrecy.impose': { object: 'case', roles: seconding, condition: inLane },
  'enforcement.view': { object: 'enforcement', roles: everybody },
  'delivery.replay': { object: 'delivery', roles: ['senior-moderator', 'administrator'] },
  'clocks.view': { object: 'clocks', roles: everybody },
  'clock.explain': { object: 'clocks', roles: ['lead', 'compliance-officer'] },
  'second.invite': { object: 'case', roles: seconding, condition: inLane },
  // Closing a door needs less than opening it: whoever invited may, whatever the case has become since.
  'second.withdraw': { object: 'invitation', roles: seconding, condition: invitedOrMay },
  'break-glass.view': { object: 'break-glass', roles: [...alone, 'compliance-officer', 'auditor'] },
  'break-glass.open': { object: 'break-glass', roles: alone },
  'break-glass.close': { object: 'glass', roles: [...alone, 'compliance-officer'], condition: endsGlass },
  'calls.view': { object: 'calls', roles: [...onCall, 'auditor'] },
  'call.answer': { object: 'call', roles: onCall, condition: isCalled },
  'counts.view': { object: 'counts', roles: everybody },
  'obligations.view': { object: 'obligations', roles: everybody },
  // Proposing and suspending; that one counts, a second person says.
  'flaggers.manage': { object: 'flaggers', roles: accrediting },
  'flagger.settle': { object: 'accreditation', roles: accrediting, condition: notFirst },
  'flagger.withdraw': { object: 'accreditation', roles: accrediting, condition: theFirst },
  'policy.view': { object: 'policy', roles: everybody },
  'policy.write': { object: 'policy', roles: writing },
  'policy.review': {
    object: 'draft',
    roles: writing,
    condition: notTheirs,
  },
  'policy.publish': { object: 'policy', roles: writing },
  // Under break-glass; another person reviews it.
  'policy.publish-alone': { object: 'draft', roles: writing, condition: theirs },
  'rule.view': { object: 'rules', roles: everybody },
  'rule.write': { object: 'rules', roles: writing },
  'rule.publish': { object: 'draft', roles: writing, condition: notTheirs },
  'rule.publish-alone': { object: 'draft', roles: writing, condition: theirs },
  // That there are such cases, and that one is late; never the case or what it is about.
  'csam.count': {
    object: 'csam',
    roles: ['child-safety-reviewer', 'lead', 'compliance-officer', 'safeguarding-officer', 'auditor', 'administrator'],
  },
  // Answers for texts and media of people that leave the house, of child abuse material too: who speaks with the authorities for the provider, and who
  // runs the installation, from whose command line it leaves. Not who reads cases without seeing their material.
  'export.open': { object: 'export', roles: ['administrator', 'compliance-officer'] },
  'staff.manage': { object: 'staff', roles: ['administrator'] },
  'staff.reset': {
    object: 'member',
    roles: ['administrator'],
    // Their own they change where they log in, with the old ones.
    condition: notOwn,
  },
  'staff.set-roles': {
    object: 'member',
    roles: ['administrator'],
    // An administrator who could make themselves a moderator would be one.
    condition: notOwn,
  },
  'own.manage': { object: 'own', roles: everybody },
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
  if (!covers(member, action)) return { allowed: false, code: 'forbidden', why: `${action} needs the role ${row.roles.join(' or ')}.` };
  for (const condition of [row.condition, row.besides] as readonly (Condition<keyof Facts> | undefined)[]) {
    if (!condition || condition.holds(member, asked as Facts[keyof Facts], row.roles)) continue;
    const why = condition.else === 'same-person' ? `needs a second person (${condition.says})` : `has a condition: ${condition.says}`;
    return { allowed: false, code: condition.else, why: `${action} ${why}.` };
  }
  return { allowed: true };
}

/** The one check. @throws Problem `forbidden`, or `same-person` where a second person is needed */
export function demand<A extends Action>(member: Member, action: A, object: AccessObject<A>): void {
  const answer = may(member, action, object);
  if (!answer.allowed) throw new Problem(answer.code, answer.why);
}

/**
 * Is there any object at all on which this person may do that? What a page asks before it knows the object; a row's condition is asked again
 * with the object in hand.
 */
export function covers(member: Pick<Member, 'roles'>, action: Action): boolean {
  const { roles }: Row = table[action];
  return roles.some((role) => member.roles.includes(role));
}

/** Which cases somebody sees or takes: those of child abuse material, and all others. */
export interface Lanes {
  readonly csam: boolean;
  readonly other: boolean;
}

export function lanesOf(member: Member, action: 'case.view' | 'case.claim'): Lanes {
  const of = (harm: Harm) => may(member, action, { type: 'case', harm }).allowed;
  return { csam: of('csam'), other: of('scam') };
}

/** Of which cases somebody sees that they exist and whether they are late. */
export function countsOf(member: Member): Lanes {
  return { csam: may(member, 'csam.count', 'csam').allowed, other: true };
}

/** What an action is about, and the conditions it has. For the matrix test and the reference. */
export function ruleOf(action: Action): {
  readonly object: ObjectKind;
  readonly roles: readonly StaffRole[];
  readonly condition: string | null;
} {
  const { object, roles, condition, besides }: Row = table[action];
  const says = [condition, besides].flatMap((one) => (one ? [one.says] : []));
  return { object, roles, condition: says.length === 0 ? null : says.join('; ') };
}

/** The page `docs/reference/access.md`, generated: actions down, roles across. */
export function accessReference(): string {
  const conditions = [...new Set(actions.flatMap((action) => ruleOf(action).condition ?? []))];
  const rows = actions.map((action) => {
    const { object, roles, condition } = ruleOf(action);
    const mark = condition === null ? 'yes' : `yes ${conditions.indexOf(condition) + 1})`;
    return `| \`${action}\` | ${object} | ${staffRoles.map((role) => (roles.includes(role) ? mark : '')).join(' | ')} |`;
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
    ...conditions.map((says, place) => `${place + 1}) ${says}.`),
    '',
  ].join('\n');
}
