import { constants } from 'node:os';
import type { Config } from '../foundation/config.ts';
import { createLog, type Log } from '../foundation/log.ts';
import { startPerisai } from '../main.ts';
import type { House } from '../procedure/house.ts';
import * as staff from '../staff/index.ts';
import type { Command } from './command.ts';
import { configuration, houseOptions, openConfiguredDatabase } from './house.ts';
import { freePort } from './stage.ts';

/** `perisai start`: the product, until it is told to end. */
export const start: Command = {
  name: 'start',
  takes: '',
  does: 'runs Perisai as the environment and the configuration file say',
  help: `Settings: docs/reference/configuration.md. The log goes to standard output, a JSON object a line.
SIGTERM or SIGINT ends it gracefully (no more requests, what runs is finished, exit code 0); a second one ends it at once.

Exit codes: 0 ended as asked, 1 failed, 3 configuration, 4 database, 5 migrations, 6 key file or key store, 7 address to listen on.`,
  async run() {
    const asked = askedToEnd();
    const config = await addressed(configuration());
    const log = createLog(config.logLevel);
    const database = await openConfiguredDatabase(config, log);
    try {
      const perisai = await startPerisai({
        ...houseOptions(config, database, log),
        host: config.host,
        port: config.port,
        roles: config.roles.includes('all') ? ['api', 'worker'] : config.roles.filter((role) => role !== 'all'),
        doors: {
          limits: { perKey: config.rateLimitPerMinute, body: config.bodyLimit },
          trustedProxies: config.trustProxy,
        },
        otlpEndpoint: config.otlpEndpoint,
      });
      const { house } = perisai;
      log.info({ address: perisai.url || null, roles: config.roles, origin: config.origin, pid: process.pid }, 'Perisai is open');
      if (!house.gate.open) log.error({ reason: house.gate.reason }, 'the log takes no records: perisai doctor says what to do');
      await hint(house, log);
      log.info({ signal: await asked }, 'Perisai is asked to end: it takes no more requests and finishes what runs');
      await perisai.stop();
    } finally {
      await database.stop();
    }
    log.info('Perisai has ended');
    return 0;
  },
};

/** Port 0 is any that is free, chosen here where nobody said what the public address is: links and problems lead to it. */
async function addressed(config: Config): Promise<Config> {
  if (config.port !== 0 || !config.publicUrl.endsWith(':0')) return config;
  const port = await freePort();
  return { ...config, port, publicUrl: config.publicUrl.replace(/0$/, String(port)) };
}

/** Resolves with the first signal. The second one ends the process at once; an embedded database that is left then is adopted by the next start. */
function askedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let already = false;
    const heard = (signal: NodeJS.Signals) => {
      if (already) process.exit(128 + constants.signals[signal]);
      already = true;
      resolve(signal);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, heard);
  });
}

/** What a new installation lacks, said where its operator looks first. */
async function hint({ db }: House, log: Log): Promise<void> {
  const roster = await db.begin('doors', (tx) => staff.roster(tx));
  if (!roster.some(({ disabled }) => !disabled)) log.warn('Nobody can log in yet: end Perisai and run "perisai staff enrol --first".');
}
