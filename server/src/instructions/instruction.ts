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
  readonly state: 'received' | 'carried-out' | 'answered' | 'submitted' | 'registered' | 'complied' | 'ended' | 'paid' | 'represented';
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly decision: string | null;
  readonly settledAt: Date | null;
  readonly record: string;
  /** That says that it was carried out. */
  readonly answerRecord: string | null;
  /** When the regulator's mail server took the receipt. */
  readonly receiptSentAt: Date | null;
}

/** About an item: decided, then answered when the platform has acknowledged. A direction: submission (nobody must make one), registration, compliance, end. Non-compliance: one of two answers. */
export const instructionTransitions: readonly Transition<Instruction['state']>[] = [
  { from: null, to: 'received', by: 'instruction.received' },
  { from: 'received', to: 'carried-out', by: 'instruction.carried-out' },
  { from: 'carried-out', to: 'answered', by: 'instruction.answered' },
  { from: 'received', to: 'submitted', by: 'instruction.advanced', when: 'a direction' },
  { from: 'submitted', to: 'registered', by: 'instruction.advanced', when: 'a direction' },
  { from: 'received', to: 'registered', by: 'instruction.advanced', when: 'a direction, without a submission' },
  { from: 'registered', to: 'complied', by: 'instruction.advanced', when: 'a direction' },
  { from: 'registered', to: 'ended', by: 'instruction.advanced', when: 'a direction' },
  { from: 'complied', to: 'ended', by: 'instruction.advanced', when: 'a direction' },
  { from: 'received', to: 'paid', by: 'instruction.advanced', when: 'a notice of non-compliance' },
  { from: 'received', to: 'represented', by: 'instruction.advanced', when: 'a notice of non-compliance' },
];

/** A step that a person enters. */
export type InstructionStep = 'submitted' | 'registered' | 'complied' | 'ended' | 'paid' | 'represented';

const steps: Readonly<Record<'direction' | 'non-compliance', Partial<Record<Instruction['state'], readonly InstructionStep[]>>>> = {
  direction: {
    received: ['submitted', 'registered'],
    submitted: ['registered'],
    registered: ['complied', 'ended'],
    complied: ['ended'],
  },
  'non-compliance': { received: ['paid', 'represented'] },
};

/** Where a direction or a notice of non-compliance may go from here. */
export function nextSteps({ kind, state }: Pick<Instruction, 'kind' | 'state'>): readonly InstructionStep[] {
  return kind === 'direction' || kind === 'non-compliance' ? (steps[kind][state] ?? []) : [];
}

/** Whether nothing is owed to the regulator any more once this step is entered. */
export function settles(to: InstructionStep): boolean {
  return to !== 'submitted' && to !== 'registered';
}
