import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** A process of its own that is asked by name, so that its CPU time is its own. */
export interface Child {
  ask<Answer>(verb: string, given?: unknown): Promise<Answer>;
  /** Lets it finish what it holds, and returns when it is gone. */
  stop(): Promise<void>;
}

type Verbs = Readonly<Record<string, (given: never) => Promise<unknown>>>;

/** @param output where its log lines go: they cost what they cost in production, and nobody reads them here */
export function startChild(file: string, { profile = null, output = devNull }: { profile?: string | null; output?: string } = {}): Child {
  const out = openSync(output, 'a');
  const child = fork(new URL(file, import.meta.url), {
    execArgv: ['--conditions=perisai-source', ...(profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`])],
    stdio: ['ignore', out, 'inherit', 'ipc'],
  });
  closeSync(out);
  const ended = once(child, 'exit');
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  child.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
    const asked = open.get(id);
    open.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(`${file}: ${error}`));
  });
  ended.then(([code, signal]) => {
    for (const { reject } of open.values()) reject(new Error(`${file} ended with ${code ?? signal} while it was asked`));
  });
  let last = 0;
  return {
    ask<Answer>(verb: string, given?: unknown) {
      return new Promise<Answer>((resolve, reject) => {
        if (child.exitCode !== null || !child.connected) return reject(new Error(`${file} has ended`));
        last += 1;
        open.set(last, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id: last, verb, given });
      });
    },
    stop: () => stopped(child, ended),
  };
}

async function stopped(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect();
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(impatience);
}

/** The other side: answers the parent, and ends with it. */
export function answerParent(verbs: Verbs, end: () => Promise<void> = async () => undefined): void {
  process.on('message', async ({ id, verb, given }: { id: number; verb: string; given: unknown }) => {
    try {
      const act = verbs[verb];
      if (!act) throw new TypeError(`There is no verb ${verb}.`);
      process.send?.({ id, result: await act(given as never) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', async () => {
    await end();
    process.exit();
  });
  // Ctrl-C reaches the whole group: the parent ends us in its order.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}
