import type { House } from '../house.ts';
import { earliestTime } from './happened.ts';

/** As for every time of a platform (product.md, "Clocks"). */
const ahead = 5 * 60_000;
/** What is written once, so that its creation dates it. All else goes on: a profile, a group, a session says now what it did not say then. */
const writtenOnce: readonly string[] = ['post', 'comment', 'message', 'ad'];

/** What a platform says of an item's days. */
interface Said {
  readonly created_at?: string;
  readonly edited_at?: string;
  readonly segment?: { readonly from: string };
}

/** As a snapshot has them. */
interface Dates {
  readonly created_at: string | null;
  readonly written_at: string | null;
}

/**
 * When the platform took what it hands in: the item, and, of an edit or a part of a live session, this revision of it. Nothing is refused for a
 * wrong date, since a report of it would be lost; it is left out, and the content is dated by when it came here, so that nobody gains by it. The
 * same where the platform does not vouch for it.
 */
export function datesOf(
  house: House,
  kind: string,
  { created_at, edited_at, segment }: Said,
  attested: 'platform' | 'reporter' | 'franked',
): Dates {
  if (attested === 'reporter') return unknown;
  const own = edited_at ?? segment?.from;
  const [created, written] = [believed(house, created_at), believed(house, own)];
  if (own === undefined) return writtenOnce.includes(kind) ? { created_at: created, written_at: null } : unknown;
  // Nothing is edited before it is there.
  if (written === null || (created !== null && written < created)) return unknown;
  return { created_at: created, written_at: written };
}

const unknown: Dates = { created_at: null, written_at: null };

function believed(house: House, said: string | undefined): string | null {
  if (said === undefined) return null;
  const now = house.clock.now().getTime();
  const at = new Date(said).getTime();
  return at < earliestTime || at > now + ahead ? null : new Date(Math.min(at, now)).toISOString();
}
