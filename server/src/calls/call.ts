import type { ClockName } from '../cases/questions.ts';
import type { Transition } from '../records/questions.ts';
import type { StaffRole } from '../staff/questions.ts';

export type About = 'warning' | 'breach' | 'lapse' | 'break-glass' | 'alone' | 'objected' | 'undelivered';

/** Somebody is called and must answer. */
export interface Call {
  readonly id: string;
  readonly about: About;
  readonly service: string;
  readonly case: string | null;
  readonly clock: ClockName | null;
  /**
   * Whose promise; of a lapse the decision, of what was done alone the decision or the act, of break-glass itself, of what never arrived the
   * message.
   */
  readonly subject: string | null;
  readonly dueAt: Date | null;
  readonly roles: readonly StaffRole[];
  /** Who had such a role when it rang last. */
  readonly called: readonly string[];
  /** Nobody has the role that should be called: administrators are. */
  readonly short: boolean;
  readonly madeAt: Date;
  readonly calledAt: Date;
  readonly times: number;
  readonly state: 'ringing' | 'answered';
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
}

export const callTransitions: readonly Transition<Call['state']>[] = [
  { from: null, to: 'ringing', by: 'call.made' },
  { from: 'ringing', to: 'ringing', by: 'call.repeated', when: 'every 24 hours' },
  { from: 'ringing', to: 'answered', by: 'call.answered' },
];

/** Unanswered, it rings again after this time. */
export const againMs = 24 * 3_600_000;

interface OnRoster {
  readonly id: string;
  readonly roles: readonly StaffRole[];
  readonly disabled: boolean;
}

/** Who is called, by role and by person; `short` where nobody has a role that should be. */
interface Called {
  readonly roles: readonly StaffRole[];
  readonly people: readonly string[];
  readonly short: boolean;
}

/**
 * Who is called for what: the leads for a promise, of child abuse material the child-safety reviewers with them; the compliance officers where
 * somebody decides alone or a reviewer objects to that, and for what the regulator asks; leads and administrators where something never arrived.
 * Where nobody is there, the administrators, who can change that.
 */
export function whoIsCalled(
  { about, harm, clock }: { readonly about: About; readonly harm: string | null; readonly clock: ClockName | null },
  roster: readonly OnRoster[],
): Called {
  const officers = about === 'break-glass' || about === 'alone' || about === 'objected' || clock === 'instruction';
  const wanted: readonly StaffRole[] = officers
    ? ['compliance-officer']
    : about === 'undelivered'
      ? ['lead', 'administrator']
      : harm === 'csam'
        ? ['lead', 'child-safety-reviewer']
        : ['lead'];
  const holding = (roles: readonly StaffRole[]) =>
    roster.filter((one) => !one.disabled && one.roles.some((role) => roles.includes(role))).map(({ id }) => id);
  const people = holding(wanted);
  return people.length > 0
    ? { roles: wanted, people, short: false }
    : { roles: ['administrator'], people: holding(['administrator']), short: true };
}
