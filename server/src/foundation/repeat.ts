/**
 * Does something every so often, one time after the other, until told to stop; a failure is told, and the next time begins anew.
 * @param every pause between two times, in milliseconds
 * @returns what stops it, and waits for the time that runs
 */
export function repeat(
  work: () => Promise<unknown>,
  { every, failed }: { readonly every: number; readonly failed: (error: unknown) => void },
): () => Promise<void> {
  let stopped = false;
  let wake: (() => void) | null = null;
  const running = (async () => {
    while (!stopped) {
      await work().catch(failed);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (stopped) wake();
      });
    }
  })();
  return async () => {
    stopped = true;
    wake?.();
    await running;
  };
}
