import { leafHash } from '@perisai/log';
import type { Tx } from '../foundation/db/transaction.ts';
import { anchor, compare } from './anchor.ts';
import type { CrashPoint } from './crash-points.ts';
import { becomeSequencer, layLeaves, nextPending, treeSize } from './leaf.sql.ts';
import type { Spine } from './spine.ts';

export interface Beat {
  /** False while another process is the sequencer, or the gate refuses. */
  readonly mine: boolean;
  /** Leaves laid by this beat. */
  readonly laid: number;
  /** Size of the newest anchored tree that this beat knows. */
  readonly sealed: number;
}

/** Leaves a beat lays at most, so that a long queue is sealed in slices and memory stays bounded. */
const beatLimit = 8_192;

/**
 * One beat of the log: committed records get their index, then lie outside the database, then count. Start-up, every beat and the recovery
 * from any crash are this one function: each half begins by looking at what is there, and writes again what was written already, byte for byte.
 *
 * What a crash leaves: before the leaves' commit, records in `pending`; after it, leaves without an anchor; while anchoring, files that no
 * checkpoint names yet, written again with the same content.
 * @param passing called at each crash point; the tests end the process there.
 */
export async function beat(spine: Spine, passing: (point: CrashPoint) => void = () => undefined): Promise<Beat> {
  const laid = await spine.db.begin('spine', (tx) => sequence(spine, tx, passing));
  if (laid === null) return { mine: false, laid: 0, sealed: 0 };
  passing('sequence.laid');
  const sealed = await spine.db.begin('spine', (tx) => anchor(spine, tx, passing));
  return { mine: sealed !== null, laid, sealed: sealed ?? 0 };
}

/** Moves what is pending into the one order. Null where this is not the sequencer, or the database is not the anchored one. */
async function sequence(spine: Spine, tx: Tx, passing: (point: CrashPoint) => void): Promise<number | null> {
  if (!(await becomeSequencer(tx))) {
    // Somebody else lays the leaves; this process appends, and so has to know whether it may.
    await compare(spine, tx);
    return null;
  }
  // In the transaction that lays leaves and before laying them: a database restored meanwhile must not grow a second tree.
  if ((await compare(spine, tx)) === null) return null;
  const pending = await nextPending(tx, beatLimit);
  if (pending.length === 0) return 0;
  passing('sequence.before-laying');
  await layLeaves(
    tx,
    await treeSize(tx),
    pending.map(({ seq, record, line }) => ({ seq, record, hash: leafHash(Buffer.from(line)) })),
  );
  return pending.length;
}

/**
 * Runs the beat every `every` ms, and at once when nudged; where it was nudged while it ran, after `breath` ms: a beat is a dozen durable
 * writes however many records it takes, so that under load one takes what many transactions committed. Stops after the beat that is under way.
 */
export function startSequencer(
  spine: Spine,
  { every = 100, breath = 40, onBeat = () => undefined }: { every?: number; breath?: number; onBeat?: (beat: Beat) => void } = {},
) {
  let wake: () => void = () => undefined;
  let nudged = false;
  let breathing = false;
  let stopping = false;
  const loop = (async () => {
    while (!stopping) {
      nudged = false;
      try {
        const done = await beat(spine);
        onBeat(done);
        if (done.laid === beatLimit) continue;
      } catch (error) {
        spine.log.error({ error }, 'a beat of the log failed; the next one begins again');
      }
      if (stopping) break;
      breathing = nudged;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, breathing ? breath : every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      breathing = false;
    }
  })();
  return {
    nudge() {
      nudged = true;
      if (!breathing) wake();
    },
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}
