import { systemClock } from '../server/src/foundation/clock.ts';
import type { EmbeddedServer } from '../server/src/foundation/db/embedded.ts';
import { createLog } from '../server/src/foundation/log.ts';
import { type Wired, wire } from '../server/src/main.ts';
import type { Run } from './claim.ts';
import { openDatabase } from './place.ts';

/** A house wired in this process, with nothing running in it: for what is measured without a door between. */
export async function openWired(run: Pick<Run, 'ends'>): Promise<Wired & { readonly databaseUrl: string }> {
  const { dataDir, server } = await openDatabase(run);
  const wired = await wireIn(dataDir, server);
  run.ends.defer(() => wired.close());
  return { ...wired, databaseUrl: server.appUrl };
}

/** The same in a data folder whose PostgreSQL runs; the caller closes it. */
export function wireIn(dataDir: string, server: Pick<EmbeddedServer, 'url' | 'appUrl'>): Promise<Wired> {
  return wire({
    databaseUrl: server.appUrl,
    ownerUrl: server.url,
    dataDir,
    // As of `perisai start` without a configuration: a folder keeps the name of its log.
    origin: 'demo/perisai',
    publicUrl: 'http://127.0.0.1:8088',
    leaseMinutes: 30,
    log: createLog('error'),
    clock: systemClock,
  });
}
