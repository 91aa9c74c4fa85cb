import { join } from 'node:path';
import { startChild } from './child.ts';
import type { Run } from './claim.ts';
import { databaseCpuSeconds } from './cpu.ts';
import { openDatabase } from './place.ts';

export interface HouseAsked {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly dataDir: string;
}

export interface HouseOpen {
  readonly url: string;
  /** A service key with every scope. */
  readonly token: string;
}

/** CPU seconds until now. */
export interface ServerCpu {
  readonly node: number;
  readonly database: number | null;
}

export interface BenchHouse extends HouseOpen {
  /** Of its database. */
  readonly ownerUrl: string;
  cpu(): Promise<ServerCpu>;
}

/** Perisai in a process of its own, with its PostgreSQL, to be spoken to over HTTP. */
export async function openHouse(run: Run): Promise<BenchHouse> {
  const { dataDir, server } = await openDatabase(run);
  const child = startChild('./house.child.ts', { profile: run.profile, output: join(dataDir, 'perisai.log') });
  run.ends.defer(() => child.stop());
  const open = await child.ask<HouseOpen>('open', {
    databaseUrl: server.appUrl,
    ownerUrl: server.url,
    dataDir,
  } satisfies HouseAsked);
  return {
    ...open,
    ownerUrl: server.url,
    cpu: async () => ({ node: await child.ask<number>('cpu'), database: databaseCpuSeconds(server.pid) }),
  };
}
