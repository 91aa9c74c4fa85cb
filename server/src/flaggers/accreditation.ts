import type { Transition } from '../records/questions.ts';

/** That one person wants an organisation accredited. `record` holds their reason, `settlement` why it was refused. */
export interface Accreditation {
  readonly id: string;
  readonly service: string;
  readonly flagger: string;
  readonly name: string;
  readonly account: string | null;
  /** Of one that was suspended. */
  readonly again: boolean;
  readonly state: 'waiting' | 'accepted' | 'refused' | 'withdrawn';
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly record: string;
  readonly settlement: string | null;
}

/** Settled once: by a second person, or taken back by who asked for it. */
export const accreditationTransitions: readonly Transition<Accreditation['state']>[] = [
  { from: null, to: 'waiting', by: 'accreditation.proposed' },
  { from: 'waiting', to: 'accepted', by: 'flagger.accredited', when: 'a second person agrees' },
  { from: 'waiting', to: 'refused', by: 'accreditation.refused', when: 'a second person does not' },
  { from: 'waiting', to: 'withdrawn', by: 'accreditation.withdrawn', when: 'the first person takes it back' },
];
