import { heldBy } from '../decisions/index.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { type RailItem, staffPage } from '../foundation/html/page.ts';
import type { StaffLanguage } from '../foundation/i18n/language.ts';
import type { House } from '../procedure/house.ts';
import { countsOf, lanesOf, type Member, may } from '../staff/index.ts';

import { type Waiting, waitingOn } from '../views/rail.sql.ts';
import { tray } from './held/tray.ts';
import { words } from './words.ts';

/** Somebody of the staff looks at a page. */
export interface Visit {
  readonly house: House;
  readonly member: Member;
  readonly language: StaffLanguage;
  readonly path: string;
  /** Names the session without opening it; forms are bound to it. */
  readonly session: string;
  /** The value of every form's hidden field `csrf`. */
  readonly token: string;
  readonly now: Date;
}

export type Desk =
  | 'calls'
  | 'queue'
  | 'approvals'
  | 'break-glass'
  | 'appeals'
  | 'inquiries'
  | 'instructions'
  | 'secrecy'
  | 'enforcement'
  | 'clocks'
  | 'flaggers'
  | 'counts'
  | 'obligations'
  | 'policy'
  | 'rules'
  | 'staff'
  | 'own';

/** The desks this person may see, in the order of the rail. */
export function desksOf(member: Member): readonly Desk[] {
  const all: readonly (readonly [Desk, boolean])[] = [
    ['calls', may(member, 'calls.view', 'calls').allowed],
    ['queue', may(member, 'queue.view', 'queue').allowed],
    ['approvals', may(member, 'approvals.view', 'approvals').allowed],
    ['appeals', may(member, 'appeals.view', 'appeals').allowed],
    ['inquiries', may(member, 'inquiries.view', 'inquiries').allowed],
    ['instructions', may(member, 'instructions.view', 'instructions').allowed],
    ['secrecy', may(member, 'secrecies.view', 'secrecies').allowed],
    ['break-glass', may(member, 'break-glass.view', 'break-glass').allowed],
    ['enforcement', may(member, 'enforcement.view', 'enforcement').allowed],
    ['clocks', may(member, 'clocks.view', 'clocks').allowed],
    ['counts', may(member, 'counts.view', 'counts').allowed],
    ['flaggers', may(member, 'flaggers.manage', 'flaggers').allowed],
    ['obligations', may(member, 'obligations.view', 'obligations').allowed],
    ['policy', may(member, 'policy.view', 'policy').allowed],
    ['rules', may(member, 'rule.view', 'rules').allowed],
    ['staff', may(member, 'staff.manage', 'staff').allowed],
    ['own', may(member, 'own.manage', 'own').allowed],
  ];
  return all.flatMap(([desk, allowed]) => (allowed ? [desk] : []));
}

export interface Framed {
  readonly title: string;
  /** The desk it belongs to; of a refusal, none. */
  readonly active: Desk | 'none';
  readonly errors?: readonly FieldError[];
  readonly body: Part;
}

const hour = 3_600_000;

/** The page in its frame: the rail with what waits on each desk, who is logged in, the way out. */
export async function frame(visit: Visit, { title, active, errors, body }: Framed): Promise<Html> {
  const { house, member, language, path, token, now } = visit;
  const say = words(language);
  const lanes = { works: lanesOf(member, 'case.view'), counts: countsOf(member), roles: member.roles };
  const { waiting, held } = await house.db.begin('doors', async (tx) => ({
    waiting: await waitingOn(tx, lanes, new Date(now.getTime() + hour)),
    held: (await heldBy(tx, member.id)).filter(({ until }) => until > now),
  }));
  return staffPage({
    language,
    title,
    path,
    active,
    rail: desksOf(member).map((desk) => ({ id: desk, title: say(desk), href: `/desk/${desk}`, ...count(desk, waiting) })),
    person: {
      name: member.name,
      role: member.roles.map((role) => say(`role.${role}`)).join(', '),
      logout: '/desk/log-out',
      token,
    },
    ...(errors ? { errors } : {}),
    // Whoever is called meets it where the work is taken up.
    body: html`${tray(visit, held)}${active === 'queue' && waiting.calls > 0 ? ringing(say, waiting.calls) : null}${body}`,
  });
}

function ringing(say: ReturnType<typeof words>, count: number): Html {
  return html`<p class="notice" role="status"><strong>${say('ringing', { count })}</strong> <a href="/desk/calls">${say('ringing.see')}</a></p>`;
}

/** What is due within the hour, where anything is; else what waits. */
function count(desk: Desk, waiting: Waiting): Pick<RailItem, 'count' | 'due'> {
  const [all, due] = {
    calls: [0, waiting.calls],
    queue: [waiting.queue, waiting.queueDue],
    approvals: [waiting.approvals, 0],
    'break-glass': [waiting.unreviewed, 0],
    appeals: [waiting.appeals, waiting.appealsDue],
    inquiries: [waiting.inquiries, waiting.inquiriesDue],
    instructions: [waiting.instructions, waiting.instructionsDue],
    secrecy: [0, 0],
    enforcement: [waiting.enforcement, waiting.enforcementDue],
    clocks: [0, waiting.clocksDue],
    flaggers: [waiting.flaggers, 0],
    counts: [0, 0],
    obligations: [0, 0],
    policy: [0, 0],
    rules: [0, 0],
    staff: [0, 0],
    own: [0, 0],
  }[desk] as [number, number];
  return due > 0 ? { count: due, due: true } : { count: all };
}

/** The hidden field that every form of a staff page carries. */
export function proof(visit: Pick<Visit, 'token'>): Html {
  return html`<input type="hidden" name="csrf" value="${visit.token}">`;
}

/** What has just happened, where the page itself doesn't show it. */
export function notice(text: string): Html {
  return html`<p class="notice" role="status">${text}</p>`;
}
