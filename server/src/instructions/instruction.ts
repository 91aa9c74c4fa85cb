import type { Transition } from '../records/questions.ts';

export type InstructionKind = 'remove' | 'restore' | 'direction' | 'non-compliance';

/** What the regulator asks for (Act 866 ss.25, 27, 30, 37), with the time it gives. */
export interface Instruction {
  readonly id: string;
  readonly service: string;
  readonly kind: InstructionKind;
  /** The regulator's own. */
  readonly reference: string;
  /** Of what is asked about an item; null for a direction or a notice of non-compliance. */
  readonly case: string | null;
  readonly item: string | null;
  readonly state: 'received' | 'carried-out' | 'answered' | 'submitted' | 'registered' | 'ended' | 'paid' | 'represented';
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly decision: string | null;
  readonly settledAt: Date | null;
  readonly record: string;
}

/** About an item: decided, then answered when the platform has acknowledged. A direction: submission, registration, end. Non-compliance: one of two answers. */
export const instructionTransitions: readonly Transition<Instruction['state']>[] = [
  { from: null, to: 'received', by: 'instruction.received' },
  { from: 'received', to: 'carried-out', by: 'instruction.carried-out' },
  { from: 'carried-out', to: 'answered', by: 'instruction.answered' },
  { from: 'received', to: 'submitted', by: 'instruction.advanced', when: 'a direction' },
  { from: 'submitted', to: 'registered', by: 'instruction.advanced', when: 'a direction' },
  { from: 'registered', to: 'ended', by: 'instruction.advanced', when: 'a direction' },
  { from: 'received', to: 'paid', by: 'instruction.advanced', when: 'a notice of non-compliance' },
  { from: 'received', to: 'represented', by: 'instruction.advanced', when: 'a notice of non-compliance' },
];

/** Where a direction or a notice of non-compliance may go from here. */
export function nextSteps({ kind, state }: Pick<Instruction, 'kind' | 'state'>): readonly Instruction['state'][] {
  if (kind === 'direction')
    return state === 'received' ? ['submitted'] : state === 'submitted' ? ['registered'] : state === 'registered' ? ['ended'] : [];
  return kind === 'non-compliance' && state === 'received' ? ['paid', 'represented'] : [];
}
