import type { Harm } from '@perisai/screening';
import { clockMinutes, runsOn, type SurfaceProfile, windowMinutes } from './catalogue.ts';

interface Start<C extends string> {
  clock: C;
  due_at: string;
}

const due = (from: Date, minutes: number): string => new Date(from.getTime() + minutes * 60_000).toISOString();

/** The clocks that a case starts with, where their law applies: somebody is to be protected, something is to be decided. */
export function caseClocks(harm: Harm, profile: SurfaceProfile, from: Date): Start<'protect' | 'determine'>[] {
  return starting(['protect', 'determine'], harm, profile, from);
}

/** The clocks that a report starts, where their law applies: its reporter is owed an acknowledgement, a status, an answer. */
export function reportClocks(harm: Harm, profile: SurfaceProfile, from: Date): Start<'acknowledge' | 'answer.status' | 'answer.outcome'>[] {
  return starting(['acknowledge', 'answer.status', 'answer.outcome'], harm, profile, from);
}

function starting<const C extends string>(clocks: readonly C[], harm: Harm, profile: SurfaceProfile, from: Date): Start<C>[] {
  return clocks.flatMap((clock) => (runsOn(clock, profile) ? { clock, due_at: due(from, clockMinutes(clock, harm)) } : []));
}

/** By when a case is to be worked on: the nearest of its clocks; where it has none, by when whoever reports such a thing has an answer. */
export function workedBy(harm: Harm, profile: SurfaceProfile, from: Date): string {
  const [first] = caseClocks(harm, profile, from)
    .map(({ due_at }) => due_at)
    .sort();
  return first ?? due(from, clockMinutes('answer.outcome', harm));
}

/** What a report is owed whose dismissal was taken back: an answer, as if it had come now. */
export function answerClock(harm: Harm, from: Date): Start<'answer.outcome'>[] {
  return [{ clock: 'answer.outcome', due_at: due(from, clockMinutes('answer.outcome', harm)) }];
}

/**
 * By when the platform carries a decision out. A live session is interrupted within minutes, on every surface: what is on the air does harm as
 * long as it runs.
 */
export function enforceClock(
  harm: Harm,
  profile: SurfaceProfile,
  from: Date,
  { restoring = false, onTheAir = false }: { readonly restoring?: boolean; readonly onTheAir?: boolean } = {},
): Start<'enforce'>[] {
  const lengths = [
    ...(runsOn('enforce', profile) ? [clockMinutes('enforce', harm, restoring)] : []),
    ...(onTheAir && runsOn('interrupt', profile) ? [windowMinutes('interrupt', harm)] : []),
  ];
  return lengths.length === 0 ? [] : [{ clock: 'enforce', due_at: due(from, Math.min(...lengths)) }];
}

/** By when the platform has interrupted a live session that is still being decided about. */
export function interruptClock(harm: Harm, profile: SurfaceProfile, from: Date): Start<'protect'>[] {
  return runsOn('interrupt', profile) ? [{ clock: 'protect', due_at: due(from, windowMinutes('interrupt', harm)) }] : [];
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
