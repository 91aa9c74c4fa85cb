import type { Harm } from '@perisai/screening';
import { clockMinutes, windowMinutes } from './catalogue.ts';

interface Start<C extends string> {
  clock: C;
  due_at: string;
}

const due = (from: Date, minutes: number): string => new Date(from.getTime() + minutes * 60_000).toISOString();

/** The clocks that a case starts with: somebody is to be protected, something is to be decided. */
export function caseClocks(harm: Harm, from: Date): Start<'protect' | 'determine'>[] {
  return (['protect', 'determine'] as const).map((clock) => ({ clock, due_at: due(from, clockMinutes(clock, harm)) }));
}

/** The clocks that a report starts: its reporter is owed an acknowledgement, a status, an answer. */
export function reportClocks(harm: Harm, from: Date): Start<'acknowledge' | 'answer.status' | 'answer.outcome'>[] {
  return (['acknowledge', 'answer.status', 'answer.outcome'] as const).map((clock) => ({
    clock,
    due_at: due(from, clockMinutes(clock, harm)),
  }));
}

/** What a report is owed whose dismissal was taken back: an answer, as if it had come now. */
export function answerClock(harm: Harm, from: Date): Start<'answer.outcome'>[] {
  return [{ clock: 'answer.outcome', due_at: due(from, clockMinutes('answer.outcome', harm)) }];
}

/** A live session is interrupted within minutes: what is on the air does harm as long as it runs. */
export function enforceClock(harm: Harm, from: Date, restoring: boolean, onTheAir = false): Start<'enforce'>[] {
  const minutes = clockMinutes('enforce', harm, restoring);
  return [{ clock: 'enforce', due_at: due(from, onTheAir ? Math.min(minutes, windowMinutes('interrupt', harm)) : minutes) }];
}

export function appealClock(harm: Harm, from: Date): Start<'appeal.answer'>[] {
  return [{ clock: 'appeal.answer', due_at: due(from, windowMinutes('appeal.answer', harm)) }];
}

/** When a period of temporary inaccessibility ends, and until when a decision may be appealed. */
export function periodEnd(harm: Harm, from: Date): string {
  return due(from, windowMinutes('hidden', harm));
}

/** Until when a dismissal or an action may be inquired into. */
export function inquiryUntil(harm: Harm, from: Date): string {
  return due(from, windowMinutes('inquiry.ask', harm));
}

export function appealUntil(harm: Harm, from: Date): string {
  return due(from, windowMinutes('appeal.ask', harm));
}

/** An inquiry is answered within five days (Act 866 ss.21–23, 26). */
export function inquiryClock(harm: Harm, from: Date): Start<'inquiry.answer'>[] {
  return [{ clock: 'inquiry.answer', due_at: due(from, windowMinutes('inquiry.answer', harm)) }];
}
