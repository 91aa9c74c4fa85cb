import type { Tx } from '../foundation/db/transaction.ts';
import { errorLine } from '../foundation/log.ts';
import type { Kind } from './kinds.ts';
import { type Heard, retell, tell } from './retell.ts';
import type { Spine } from './spine.ts';
import { ensureSubscriber, kindsFrom, moveCursors, nextOfKinds, noteFailure, takeCursors, windowOfLeaves } from './subscriber.sql.ts';

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
    const [cursor] = await takeCursors(tx, [subscriber.name]);
    if (cursor === undefined) return false;
    const { next } = cursor;
    const { hit, end } = await nextOfKinds(tx, next, subscriber.kinds);
    if (hit) {
      const told = await tell(spine, tx, hit.record);
      if (!told) throw new TypeError(`leaf ${hit.index} names a record that is not there`);
      await subscriber.hear(tx, await retell(told, tx));
    }
    const moved = hit ? hit.index + 1 : end;
    if (moved !== next) moveCursors(tx, [subscriber.name], moved);
    return moved !== next;
  });
}

/**
 * Those of them that have something to hear in the next stretch of the log. The others pass over it, all in this one transaction: of what is
 * laid most is for one or two. Who is busy elsewhere is left alone.
 */
async function haveToHear(spine: Spine, idle: readonly Subscriber[]): Promise<{ readonly ready: Subscriber[]; readonly more: boolean }> {
  return spine.db.begin('jobs', async (tx) => {
    const cursors = await takeCursors(
      tx,
      idle.map(({ name }) => name),
    );
    const ready: Subscriber[] = [];
    let more = false;
    const stretches = [...Map.groupBy(cursors, ({ next }) => next)].map(async ([next, group]) => {
      const here = idle.filter(({ name }) => group.some((cursor) => cursor.name === name));
      const { kinds, end } = await kindsFrom(
        tx,
        next,
        here.flatMap((subscriber) => subscriber.kinds),
      );
      const [hearing, passing] = [true, false].map((hears) => here.filter((one) => one.kinds.some((kind) => kinds.has(kind)) === hears));
      ready.push(...(hearing as Subscriber[]));
      if (end === next) return;
      moveCursors(
        tx,
        (passing as Subscriber[]).map(({ name }) => name),
        end,
      );
      more ||= end - next === windowOfLeaves;
    });
    await Promise.all(stretches);
    return { ready, more };
  });
}

/** Runs all subscribers: each at its own pace, woken after every beat. One that fails is noted, waits, and never holds up the others or the sealer. */
export async function startSubscribers(spine: Spine, all: readonly Subscriber[], { every = 1_000 }: { every?: number } = {}) {
  await spine.db.begin('jobs', async (tx) => {
    for (const { name } of all) await ensureSubscriber(tx, name);
  });
  let stopping = false;
  let told = 0;
  let wakeUp: () => void = () => undefined;
  const wake = () => {
    told++;
    wakeUp();
  };
  const hearing = new Map<Subscriber, Promise<void>>();
  const hearAll = async (subscriber: Subscriber) => {
    try {
      while (!stopping && (await hearNext(spine, subscriber)));
      // What was laid while it heard the last one.
      wake();
    } catch (error) {
      spine.log.error({ error, subscriber: subscriber.name }, 'a subscriber failed; it will hear the record again');
      await spine.db
        .begin('jobs', (tx) => noteFailure(tx, subscriber.name, spine.clock.now(), inWords(error)))
        .catch((lost: unknown) => spine.log.error({ error: lost }, 'the failure could not be noted'));
    } finally {
      hearing.delete(subscriber);
    }
  };
  const loop = (async () => {
    while (!stopping) {
      const seen = told;
      let more = false;
      try {
        const found = await haveToHear(
          spine,
          all.filter((subscriber) => !hearing.has(subscriber)),
        );
        for (const subscriber of found.ready) hearing.set(subscriber, hearAll(subscriber));
        more = found.more;
      } catch (error) {
        spine.log.error({ error }, 'what there is to hear could not be looked up; the next round begins again');
      }
      if (!more && seen === told && !stopping)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, every);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
    await Promise.all(hearing.values());
  })();
  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}

/** What an operator reads. A database's message quotes rows, and so people: of it only the code. */
function inWords(error: unknown): string {
  const { type, code, message } = errorLine(error);
  return String(message ?? [type, code].filter(Boolean).join(' '));
}
