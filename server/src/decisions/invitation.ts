import type { Transition } from '../records/questions.ts';

/** Somebody from outside is asked to be the second person, for one proposal. */
export interface Invitation {
  readonly id: string;
  readonly proposal: string;
  readonly case: string;
  readonly name: string | null;
  readonly invitedBy: string | null;
  readonly until: Date;
  readonly state: 'sent' | 'opened' | 'settled' | 'withdrawn';
}

/** So many wrong codes close an invitation for good. */
export const wrongMost = 5;

export const invitationTransitions: readonly Transition<Invitation['state']>[] = [
  { from: null, to: 'sent', by: 'second.invited' },
  { from: 'sent', to: 'opened', by: 'second.opened', when: 'once, with link and code' },
  { from: 'opened', to: 'settled', by: 'second.settled' },
  { from: 'sent', to: 'withdrawn', by: 'second.withdrawn' },
  { from: 'opened', to: 'withdrawn', by: 'second.withdrawn', when: 'while their page is open' },
];
