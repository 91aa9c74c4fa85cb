import type { House } from '../../procedure/house.ts';
import { claim, decide, hide } from '../../procedure/moderation/index.ts';
import type { Member } from '../../staff/index.ts';
import { castPost, finding, isHiddenFirst, isTaken } from './cast.ts';
import { type Door, DoorRefusal } from './door.ts';
import type { Feed, FeedItem } from './feed.ts';

export const verdicts = ['allow', 'withhold', 'review', 'restrict', 'block'] as const;
export type Verdict = (typeof verdicts)[number];

/** What the provider's side saw: counted from the answers, without a look into the house. */
export interface Seen {
  items: number;
  readonly verdicts: Record<Verdict, number>;
  readonly cases: Set<string>;
  /** Final decisions that our moderators made, and measures before them. */
  decided: number;
  hidden: number;
  readonly unreadable: { place: string; why: string }[];
  /** Verdicts against the file's own labels: raised or not, labelled or not. */
  readonly labels: { hit: number; missed: number; wrong: number; right: number };
}

export interface Playing {
  readonly house: House;
  readonly door: Door;
  readonly moderators: readonly Member[];
  /** Rows to read at most. */
  readonly limit: number;
  readonly onProgress: (rows: number, seen: Seen) => void;
}

/** Asked side by side; the next batch begins when all of this one are answered, so that the order of the file is kept. */
const batchSize = 16;

/** A raised item, as the answer on it said. */
interface Raised {
  readonly n: number;
  readonly case: string;
  readonly clause: string;
  readonly verdict: Verdict;
  readonly label: boolean | null;
}

/** Feeds the rows in file order through the door, one verdict an item, and carries a share of the raised cases through. */
export async function play(feed: Feed, playing: Playing): Promise<Seen> {
  const seen: Seen = {
    items: 0,
    verdicts: { allow: 0, withhold: 0, review: 0, restrict: 0, block: 0 },
    cases: new Set(),
    decided: 0,
    hidden: 0,
    unreadable: [],
    labels: { hit: 0, missed: 0, wrong: 0, right: 0 },
  };
  const began = playing.house.clock.now();
  const of = Math.min(feed.total, playing.limit);
  let rows = 0;
  let batch: Waiting[] = [];
  const flush = async () => {
    const answers = await Promise.all(batch.map((one) => screen(playing.door, one, of, began)));
    batch = [];
    const raised = answers.flatMap((answer) => note(seen, answer));
    await moderate(playing, seen, raised);
    playing.onProgress(rows, seen);
  };
  for await (const row of feed.rows()) {
    if (rows === of) break;
    if ('item' in row) batch.push({ n: rows, place: row.place, item: row.item });
    else seen.unreadable.push({ place: row.place, why: row.unreadable });
    rows++;
    if (batch.length === batchSize) await flush();
  }
  await flush();
  return seen;
}

interface Waiting {
  readonly n: number;
  readonly place: string;
  readonly item: FeedItem;
}
type Answered = Waiting &
  ({ readonly verdict: Verdict; readonly case: string | null; readonly clause: string | null } | { readonly refused: string });

/** What the door says about the item itself costs that item only; anything else ends the replay. */
async function screen(door: Door, waiting: Waiting, of: number, began: Date): Promise<Answered> {
  try {
    const answer = (await door.post('/v1/screen', { item: castPost(waiting.item, waiting.n, of, began) })) as {
      verdict: Verdict;
      case: string | null;
      signals: { clause: string }[];
    };
    return { ...waiting, verdict: answer.verdict, case: answer.case, clause: answer.signals[0]?.clause ?? null };
  } catch (error) {
    if (error instanceof DoorRefusal && [400, 413, 422].includes(error.status)) return { ...waiting, refused: error.code };
    throw error;
  }
}

/** @returns the raised item, or nothing */
function note(seen: Seen, answer: Answered): Raised[] {
  if ('refused' in answer) {
    seen.unreadable.push({ place: answer.place, why: `the door refused it: ${answer.refused}` });
    return [];
  }
  const { n, verdict, item, clause } = answer;
  seen.items++;
  seen.verdicts[verdict]++;
  const raised = verdict !== 'allow';
  if (item.label !== null) seen.labels[item.label ? (raised ? 'hit' : 'missed') : raised ? 'wrong' : 'right']++;
  if (answer.case === null || clause === null) return [];
  seen.cases.add(answer.case);
  return [{ n, case: answer.case, clause, verdict, label: item.label }];
}

/** Each moderator goes through their own cases, side by side. */
async function moderate({ house, moderators }: Playing, seen: Seen, raised: readonly Raised[]): Promise<void> {
  const taken = raised.filter(({ n }) => isTaken(n));
  await Promise.all(
    moderators.map(async (member, at) => {
      for (const { n, case: id, clause, verdict, label } of taken.filter(({ n: one }) => one % moderators.length === at)) {
        await claim(house, member, id);
        if ((verdict === 'review' || verdict === 'restrict') && isHiddenFirst(n) && (await hide(house, member, { case: id, clause })))
          seen.hidden++;
        const determination = finding(n, label);
        await decide(house, member, {
          case: id,
          determination,
          clause: determination === 'none' ? null : clause,
          reason: 'Keputusan ini dibuat untuk ulang tayang oleh penyemak rekaan.',
        });
        seen.decided++;
      }
    }),
  );
}
