import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateLogKey, logSigner } from '@perisai/log';
import { bulk } from './decisions/index.ts';
import { type DoorSettings, openDoors, version } from './doors.ts';
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
import { type MailSettings, openMailer } from './foundation/mail/mailer.ts';
import { startDispatcher } from './foundation/outbox/dispatch.ts';
import { systemRandomness } from './foundation/randomness.ts';
import { startTelemetry } from './foundation/telemetry.ts';
import { shippedEngine } from './procedure/engine.ts';
import type { House } from './procedure/house.ts';
import { startFetching } from './procedure/media/index.ts';
import { moderationDispatch, moderationSubscribers, startReleases, writeCounts } from './procedure/moderation/index.ts';
import { moderationCrontab, moderationJobs } from './procedure/moderation/moderation.jobs.ts';
import { followRules, ruleFeed, writeRuleCounts } from './procedure/rules/index.ts';
import { begin } from './procedure/setup/begin.ts';
import { surfaceCache } from './procedure/surfaces.ts';
import { compare, Gate } from './records/index.ts';
import { replayErasures } from './records/replay-erasures.ts';
import { beat, startSequencer } from './records/sequence.ts';
import { startSubscribers } from './records/subscribe.ts';
import { createCounter, createRuleCounter } from './screening/index.ts';

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
  readonly mail?: MailSettings | undefined;
  /** Where the regulator takes receipts. */
  readonly regulator?: string | undefined;
  /** 0 where it isn't said. */
  readonly undoSeconds?: number | undefined;
  /** 100 where it isn't said. */
  readonly bulkAbove?: number | undefined;
  readonly log: Log;
  readonly clock?: Clock;
  /** Leaves the writing of data keys to the process that runs beside this one: for commands that make none. */
  readonly borrowKeys?: boolean;
}

/** A house that is wired, with nothing running in it yet: for the command line, and as the first half of `startPerisai`. */
export interface Wired {
  readonly house: House;
  /** Whoever appends or enqueues wakes these; set by what runs. */
  readonly wakes: { sequencer: () => void; outbox: () => void };
  readonly pools: ReturnType<typeof connectPools>;
  /** Lays and anchors what was appended, and compares the log with its anchor: before that the gate is closed. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

/** Brings the database forward, opens blobs and keys, and wires the modules. No door is open and no loop runs. */
export async function wire(options: HouseOptions): Promise<Wired> {
  const { log, clock = systemClock, dataDir } = options;
  const keyFolder = options.keyStoreDir ?? join(dataDir, 'keys');
  const keyEncryption = openLocalKeyFile(options.keyFile ?? join(dataDir, 'key-file.json'), clock);
  const { databaseUrl, ownerUrl = databaseUrl } = options;
  await migrate({ url: ownerUrl, directory: migrationsFolder, log, clock, logins: loginOf(databaseUrl) });
  const keys = await openDiskKeyStore({ folder: keyFolder, encryption: keyEncryption, log, readOnly: options.borrowKeys ?? false });
  const pools = connectPools({ url: databaseUrl, log });
  const db: Database = openDatabase(pools);
  const close = async () => {
    await keys.close();
    await db.end();
  };
  try {
    const secret = (name: string, make: () => Buffer) => installationSecret(keyFolder, keyEncryption, name, make);
    const logKey = await secret('log-key', () => Buffer.from(generateLogKey(options.origin).skey));
    const wakes = { sequencer: () => undefined, outbox: () => undefined };
    const engine = shippedEngine();
    const ruleCounter = createRuleCounter();
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
      engine,
      counter: createCounter(),
      ruleCounter,
      ruleFeed: ruleFeed({ db, engine, counter: ruleCounter, log }),
      surfaces: surfaceCache(db, clock),
      publicUrl: options.publicUrl,
      leaseMinutes: options.leaseMinutes,
      mail: options.mail ? openMailer(options.mail) : null,
      regulator: options.regulator ?? null,
      undoSeconds: options.undoSeconds ?? 0,
      bulkAbove: options.bulkAbove ?? bulk,
    };
    return { house, wakes, pools, seal: async () => void (await beat(house)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whom the migrations let take the application's role. Not by `URL`, which knows no address without a host. */
function loginOf(url: string): string[] {
  const name = /^postgres(?:ql)?:\/\/([^:@/?]+)[^/]*@/.exec(url)?.[1];
  return name === undefined ? [] : [decodeURIComponent(name)];
}

export interface RunOptions extends HouseOptions {
  readonly host: string;
  readonly port: number;
  /** What this process does; all by default. */
  readonly roles?: readonly ('api' | 'worker')[];
  readonly doors?: DoorSettings;
  readonly otlpEndpoint?: string | undefined;
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
  const telemetry = startTelemetry({ version, log: options.log, ...(options.otlpEndpoint ? { otlpEndpoint: options.otlpEndpoint } : {}) });
  const ends: (() => Promise<void>)[] = [() => telemetry.stop()];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= endAll(ends, options.log);
    return stopping;
  };
  try {
    const wired = await wire(options);
    ends.unshift(() => wired.close());
    const { house } = wired;
    const roles = options.roles ?? ['api', 'worker'];
    await beat(house);
    await replayErasures(house);
    if (house.gate.open) await begin(house);
    await house.ruleFeed.look();
    ends.unshift(followRules(house.ruleFeed, house.log));
    ends.unshift(() => lastWords(house));
    if (roles.includes('worker')) ends.unshift(...(await startWork(wired)));
    else ends.unshift(watchGate(house));
    if (!roles.includes('api')) return { house, url: '', stop };
    const doors = await openDoors(house, options.doors);
    ends.unshift(() => doors.close());
    return { house, url: await doors.listen({ host: options.host, port: options.port }), stop };
  } catch (error) {
    await stop().catch(() => undefined); // the first error is the one that explains
    throw error;
  }
}

/** Sequencer, subscribers, outbox, jobs. @returns what ends them, in this order */
async function startWork({ house, wakes, pools }: Wired): Promise<(() => Promise<void>)[]> {
  const subscribers = await startSubscribers(house, moderationSubscribers(house));
  const sequencer = startSequencer(house, { onBeat: ({ laid }) => laid > 0 && subscribers.wake() });
  const outbox = startDispatcher(moderationDispatch(house));
  wakes.sequencer = sequencer.nudge;
  wakes.outbox = outbox.nudge;
  const fetching = startFetching(house);
  const jobs = await startJobs({ pool: pools.jobs, tasks: moderationJobs(house), crontab: moderationCrontab, log: house.log });
  return [
    startReleases(house),
    () => jobs.stop(),
    () => fetching.stop(),
    () => outbox.stop(),
    () => subscribers.stop(),
    () => sequencer.stop(),
  ];
}

/** In a process that appends but never sequences: looks every second whether it still may. @returns what ends it */
function watchGate(house: House): () => Promise<void> {
  const look = () =>
    house.db
      .begin('spine', (tx) => compare(house, tx))
      .catch((error: unknown) => house.log.error({ err: error }, 'the log could not be compared with its anchor'));
  const timer = setInterval(look, 1_000);
  return async () => clearInterval(timer);
}

/** What is only in memory is written, and what was appended is sealed. */
async function lastWords(house: House): Promise<void> {
  if (!house.gate.open) return;
  await writeCounts(house);
  await writeRuleCounts(house);
  await beat(house);
}

/** Each end in turn, whatever becomes of those before. @throws the first error */
async function endAll(ends: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      log.error({ err: error }, 'a part of Perisai did not end well');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
