import type { Transition } from '../records/questions.ts';

/** An organisation whose reports come first within their class. `account`: on the platform, where they report from one. */
export interface Flagger {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly account: string | null;
  readonly state: 'accredited' | 'suspended';
  readonly accreditedAt: Date;
  readonly suspendedAt: Date | null;
  /** Of the newest change. */
  readonly record: string;
}

export const flaggerTransitions: readonly Transition<Flagger['state']>[] = [
  { from: null, to: 'accredited', by: 'flagger.accredited' },
  { from: 'accredited', to: 'suspended', by: 'flagger.suspended' },
  { from: 'suspended', to: 'accredited', by: 'flagger.accredited', when: 'again' },
];
