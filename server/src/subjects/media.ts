import type { Transition } from '../records/questions.ts';

/** A file of a revision that the platform handed in by its address. `record`: what was asked for. */
export interface AwaitedMedia {
  readonly id: string;
  readonly revision: string;
  /** Which of the revision's files, from 0. */
  readonly place: number;
  readonly state: 'awaited' | 'kept' | 'failed';
  /** Why it is not to be had. */
  readonly reason: string | null;
  readonly awaitedAt: Date;
  readonly settledAt: Date | null;
  readonly record: string;
}

export const mediaTransitions: readonly Transition<AwaitedMedia['state']>[] = [
  { from: null, to: 'awaited', by: 'media.awaited' },
  { from: 'awaited', to: 'kept', by: 'media.kept' },
  { from: 'awaited', to: 'failed', by: 'media.failed' },
];

/** Where a file of a revision is kept. */
export function mediaPath(revision: string, sha256: string): string {
  return `media/${revision}/${sha256}`;
}
