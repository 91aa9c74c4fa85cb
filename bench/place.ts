import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded, sweepThrowaways } from '../server/src/foundation/db/embedded.ts';
import { createLog } from '../server/src/foundation/log.ts';
import type { Run } from './claim.ts';

const prefix = 'perisai-bench-';
const log = createLog('error');

/** An empty folder below the one for temporary files; removed at the end, whoever left a PostgreSQL in it. */
export async function emptyFolder({ ends }: Pick<Run, 'ends'>): Promise<string> {
  await sweepThrowaways(prefix, log);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  ends.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** PostgreSQL as it runs in production (fsync and all), in a folder of its own. */
export async function openDatabase(run: Pick<Run, 'ends'>): Promise<{ dataDir: string; server: EmbeddedServer }> {
  const dataDir = await emptyFolder(run);
  const starting = startEmbedded({ dataDir, log });
  // Told before it runs: a signal may come while it starts.
  run.ends.defer(async () => (await starting).stop({ remove: true }));
  return { dataDir, server: await starting };
}
