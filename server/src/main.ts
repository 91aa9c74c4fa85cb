import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateLogKey, logSigner } from '@perisai/log';
import { openDoors } from './doors.ts';
import { type Clock, systemClock } from './foundation/clock.ts';
import { migrate } from './foundation/db/migrate.ts';
import { connectPools } from './foundation/db/pools.ts';
import { type Database, openDatabase } from './foundation/db/transaction.ts';
import { openDiskBlobs } from './foundation/disk-blobs.ts';
import { createIds } from './foundation/ids.ts';
import { startJobs } from './foundation/jobs.ts';
import { openDiskKeyStore } from './foundation/keys/disk-key-store.ts';
import { openLocalKeyFile } from './foundation/keys/local-key-file.ts';
import { installationSecret } from './foundation/keys/secrets.ts';
import type { Log } from './foundation/log.ts';
import { startDispatcher } from './foundation/outbox/dispatch.ts';
import { systemRandomness } from './foundation/randomness.ts';
import { shippedEngine } from './procedure/engine.ts';
import type { House } from './procedure/house.ts';
import { moderationDispatch, moderationSubscribers, writeCounts } from './procedure/moderation/index.ts';
import { moderationCrontab, moderationJobs } from './procedure/moderation/moderation.jobs.ts';
import { begin } from './procedure/setup/begin.ts';
import { surfaceCache } from './procedure/surfaces.ts';
import { Gate } from './records/index.ts';
import { beat, startSequencer } from './records/sequence.ts';
import { startSubscribers } from './records/subscribe.ts';
import { createCounter } from './screening/index.ts';

export const migrationsFolder: string = fileURLToPath(new URL('../migrations', import.meta.url));

export interface HouseOptions {
  /** As the database's owner where migrations are to be run, else as the application. */
  readonly databaseUrl: string;
  readonly ownerUrl?: string | undefined;
  /** Blobs, keys and secrets lie below it. */
  readonly dataDir: string;
  readonly blobDir?: string | undefined;
  readonly keyStoreDir?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Name of the log; begins with `demo/` where it is not the real thing. */
  readonly origin: string;
  readonly publicUrl: string;
  readonly leaseMinutes: number;
  readonly log: Log;
  readonly clock?: Clock;
}

/** A house that is wired, with nothing running in it yet: for the command line, and as the first half of `startPerisai`. */
export interface Wired {
  readonly house: House;
  /** Whoever appends or enqueues wakes these; set by what runs. */
  readonly wakes: { sequencer: () => void; outbox: () => void };
  readonly pools: ReturnType<typeof connectPools>;
  close(): Promise<void>;
}

/** Brings the database forward, opens blobs and keys, and wires the modules. No door is open and no loop runs. */
export async function wire(options: HouseOptions): Promise<Wired> {
  const { log, clock = systemClock, dataDir } = options;
  await migrate({ url: options.ownerUrl ?? options.databaseUrl, directory: migrationsFolder, log, clock });
  const pools = connectPools({ url: options.databaseUrl, log });
  const db: Database = openDatabase(pools);
  const keyFolder = options.keyStoreDir ?? join(dataDir, 'keys');
  const keyEncryption = openLocalKeyFile(options.keyFile ?? join(dataDir, 'key-file.json'), clock);
  const keys = await openDiskKeyStore({ folder: keyFolder, encryption: keyEncryption, log });
  const secret = (name: string, make: () => Buffer) => installationSecret(keyFolder, keyEncryption, name, make);
  const logKey = await secret('log-key', () => Buffer.from(generateLogKey(options.origin).skey));
  const wakes = { sequencer: () => undefined, outbox: () => undefined };
  const house: House = {
    db,
    clock,
    log,
    keys,
    keyEncryption,
    ids: createIds(clock, systemRandomness),
    random: systemRandomness,
    blobs: await openDiskBlobs(options.blobDir ?? join(dataDir, 'blobs')),
    secret: await secret('installation', () => systemRandomness.bytes(32)),
    gate: new Gate(),
    signer: logSigner(logKey.toString('utf8')),
    nudge: () => wakes.sequencer(),
    nudgeOutbox: () => wakes.outbox(),
    engine: shippedEngine(),
    counter: createCounter(),
    surfaces: surfaceCache(db, clock),
    publicUrl: options.publicUrl,
    leaseMinutes: options.leaseMinutes,
  };
  return {
    house,
    wakes,
    pools,
    async close() {
      await keys.close();
      await db.end();
    },
  };
}

export interface RunOptions extends HouseOptions {
  readonly host: string;
  readonly port: number;
  /** What this process does; all by default. */
  readonly roles?: readonly ('api' | 'worker')[];
}

export interface Running {
  readonly house: House;
  readonly url: string;
  /** Takes no more requests, finishes what runs, writes what was counted, and ends. */
  stop(): Promise<void>;
}

/**
 * The whole product in one process: doors, sequencer, subscribers, outbox, jobs. The log is compared with its anchor before a door opens;
 * where that refuses, the doors open for reading and every append is answered `log-refuses`.
 */
export async function startPerisai(options: RunOptions): Promise<Running> {
  const wired = await wire(options);
  const { house, wakes } = wired;
  const roles = options.roles ?? ['api', 'worker'];
  await beat(house);
  if (house.gate.open) await begin(house);
  const stops: (() => Promise<void>)[] = [];
  if (roles.includes('worker')) {
    const subscribers = await startSubscribers(house, moderationSubscribers(house));
    const sequencer = startSequencer(house, { onBeat: ({ laid }) => laid > 0 && subscribers.wake() });
    const outbox = startDispatcher(moderationDispatch(house));
    wakes.sequencer = sequencer.nudge;
    wakes.outbox = outbox.nudge;
    const jobs = await startJobs({ pool: wired.pools.jobs, tasks: moderationJobs(house), crontab: moderationCrontab, log: house.log });
    stops.push(
      () => jobs.stop(),
      () => outbox.stop(),
      () => subscribers.stop(),
      () => sequencer.stop(),
    );
  }
  const doors = roles.includes('api') ? await openDoors(house) : null;
  const url = doors ? await doors.listen({ host: options.host, port: options.port }) : '';
  return {
    house,
    url,
    async stop() {
      await doors?.close();
      for (const stop of stops) await stop();
      if (house.gate.open) {
        await writeCounts(house);
        await beat(house);
      }
      await wired.close();
    },
  };
}
