import type { Tx } from '../foundation/db/transaction.ts';
import { errorLine } from '../foundation/log.ts';
import type { Kind } from './kinds.ts';
import { type Heard, retell, tell } from './retell.ts';
import type { Spine } from './spine.ts';
import { ensureSubscriber, moveCursor, nextOfKinds, noteFailure, takeCursor } from './subscriber.sql.ts';

/** Somebody who hears records: at least once, in the order of the log, each in a transaction with its effect. */
export interface Subscriber {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** Idempotent. Its changes and the cursor's move commit together; where it throws, neither does, and it hears the record again. */
  readonly hear: (tx: Tx, heard: Heard) => Promise<void>;
}

/** Hears one record, or moves over a stretch with none. True while there may be more. */
export async function hearNext(spine: Spine, subscriber: Subscriber): Promise<boolean> {
  return spine.db.begin('jobs', async (tx) => {
    const next = await takeCursor(tx, subscriber.name);
    if (next === undefined) return false;
    const { hit, end } = await nextOfKinds(tx, next, subscriber.kinds);
    if (hit) {
      const told = await tell(spine, tx, hit.record);
      if (!told) throw new TypeError(`leaf ${hit.index} names a record that is not there`);
      await subscriber.hear(tx, await retell(told, tx));
    }
    const moved = hit ? hit.index + 1 : end;
    if (moved !== next) await moveCursor(tx, subscriber.name, moved);
    return moved !== next;
  });
}

/** Runs all subscribers: each at its own pace, woken after every beat. One that fails is noted, waits, and never holds up the others or the sealer. */
export async function startSubscribers(spine: Spine, all: readonly Subscriber[], { every = 1_000 }: { every?: number } = {}) {
  await spine.db.begin('jobs', async (tx) => {
    for (const { name } of all) await ensureSubscriber(tx, name);
  });
  let stopping = false;
  const wakes = new Set<() => void>();
  let told = 0;
  const loops = all.map(async (subscriber) => {
    while (!stopping) {
      const seen = told;
      try {
        while (!stopping && (await hearNext(spine, subscriber)));
      } catch (error) {
        spine.log.error({ error, subscriber: subscriber.name }, 'a subscriber failed; it will hear the record again');
        await spine.db
          .begin('jobs', (tx) => noteFailure(tx, subscriber.name, spine.clock.now(), inWords(error)))
          .catch((lost: unknown) => spine.log.error({ error: lost }, 'the failure could not be noted'));
      }
      if (seen === told && !stopping)
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            wakes.delete(done);
            resolve();
          };
          const timer = setTimeout(done, every);
          wakes.add(done);
        });
    }
  });
  const wake = () => {
    told++;
    for (const done of [...wakes]) done();
  };
  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await Promise.all(loops);
    },
  };
}

/** What an operator reads. A database's message quotes rows, and so people: of it only the code. */
function inWords(error: unknown): string {
  const { type, code, message } = errorLine(error);
  return String(message ?? [type, code].filter(Boolean).join(' '));
}
