import { type Config, loadConfig } from '../foundation/config.ts';
import { keepEmbedded } from '../foundation/db/keep-embedded.ts';
import { createLog, type Log } from '../foundation/log.ts';
import { type HouseOptions, type Wired, wire } from '../main.ts';
import { begin } from '../procedure/setup/begin.ts';

/** The database that the configuration names, else the embedded one, started or, where another process has it already, shared. */
export interface ConfiguredDatabase {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

export async function openConfiguredDatabase(config: Config, log: Log): Promise<ConfiguredDatabase> {
  const { databaseUrl, databaseOwnerUrl = databaseUrl, dataDir } = config;
  if (databaseUrl !== undefined && databaseOwnerUrl !== undefined)
    return { databaseUrl, ownerUrl: databaseOwnerUrl, stop: async () => undefined };
  const server = await keepEmbedded({ dataDir, log });
  return { databaseUrl: server.appUrl, ownerUrl: server.url, stop: () => server.stop() };
}

/** What a house is made of, as the configuration says. */
export function houseOptions(config: Config, { databaseUrl, ownerUrl }: ConfiguredDatabase, log: Log): HouseOptions {
  const { dataDir, blobDir, keyStoreDir, keyFile, origin, publicUrl, leaseMinutes, undoSeconds, bulkAbove, smtpUrl, mailFrom } = config;
  const regulator = config.regulatorEmail;
  const mail = smtpUrl !== undefined && mailFrom !== undefined ? { smtpUrl, mailFrom } : undefined;
  return {
    databaseUrl,
    ownerUrl,
    dataDir,
    blobDir,
    keyStoreDir,
    keyFile,
    origin,
    publicUrl,
    leaseMinutes,
    undoSeconds,
    bulkAbove,
    mail,
    regulator,
    log,
  };
}

/** This process's configuration. @throws ConfigError */
export function configuration(): Config {
  return loadConfig({ env: process.env, cwd: process.cwd() });
}

/**
 * Does one thing in the configured house, beside a Perisai that runs on it or alone, and closes it again. What it appended is sealed
 * before it returns. Only warnings are logged, since the command has its own words.
 * @param borrowKeys false for what makes data keys: then no Perisai may run, since one process writes the key store
 */
export async function inHouse<T>(work: (house: Wired['house']) => Promise<T>, { borrowKeys = true } = {}): Promise<T> {
  const config = configuration();
  const log = createLog('warn');
  const database = await openConfiguredDatabase(config, log);
  try {
    const wired = await wire({ ...houseOptions(config, database, log), borrowKeys });
    try {
      await wired.seal();
      if (wired.house.gate.open) await begin(wired.house);
      const result = await work(wired.house);
      await wired.seal();
      return result;
    } finally {
      await wired.close();
    }
  } finally {
    await database.stop();
  }
}
