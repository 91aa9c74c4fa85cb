import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstChecks, foundationChecks } from '../foundation/checks.ts';
import { systemClock } from '../foundation/clock.ts';
import type { Config } from '../foundation/config.ts';
import { bad, type Examined, examine, type Finding, good, worst } from '../foundation/doctor.ts';
import { createLog } from '../foundation/log.ts';
import { migrationsFolder, type Wired, wire } from '../main.ts';
import { compare, recordChecks } from '../records/index.ts';
import { operationChecks } from '../views/operation.ts';
import { type Command, say } from './command.ts';
import { explain } from './failure.ts';
import { type ConfiguredDatabase, configuration, houseOptions, openConfiguredDatabase } from './house.ts';

/** `perisai doctor`: what is wrong, and what to do. */
export const doctor: Command = {
  name: 'doctor',
  takes: '[--json]',
  does: 'says what is wrong with this installation, and what to do',
  help: `Asks about Node, the configuration, data folder, key file and its copy, disk, database, migrations, clock, the log and its anchor,
staff, services, subscribers and webhooks. Changes nothing. May be asked beside a Perisai that runs, or alone.

Exit codes: 0 good, or something to look at; 1 something is broken or somebody's rights are at risk.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
    const found = await examineInstallation();
    const state = worst(found);
    if (values.json) say(JSON.stringify({ state, checks: found }, null, 2));
    else tell(found);
    return state === 'bad' ? 1 : 0;
  },
};

async function examineInstallation(): Promise<Examined[]> {
  const first = await examine(firstChecks({ load: configuration }));
  if (worst(first) === 'bad') return first;
  const config = configuration();
  const log = createLog('silent');
  // Opening an embedded database that was never there would make one.
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'database.json')))
    return [
      ...first,
      { name: 'database', ...bad(`Perisai has not been started on ${config.dataDir} yet.`, 'perisai start, or correct PERISAI_DATA_DIR.') },
    ];
  let database: ConfiguredDatabase;
  try {
    database = await openConfiguredDatabase(config, log);
  } catch (error) {
    return [...first, { name: 'database', ...unforeseen(error) }];
  }
  try {
    const checks = foundationChecks({ config, databaseUrl: database.databaseUrl, migrations: migrationsFolder, clock: systemClock });
    const floor = await examine(checks);
    return [...first, ...floor, ...(migrated(floor) && existsSync(config.keyFile) ? await examineHouse(config, database) : [])];
  } finally {
    await database.stop();
  }
}

/** What is in the database can be asked only where it is as this version needs it. */
function migrated(floor: readonly Examined[]): boolean {
  return floor.find(({ name }) => name === 'migrations')?.state === 'good';
}

async function examineHouse(config: Config, database: ConfiguredDatabase): Promise<Examined[]> {
  // Wiring a house makes what a new one lacks; here it would hide that the key store is not the one of this database.
  if (!existsSync(join(config.keyStoreDir, 'secrets', 'log-key')))
    return [
      {
        name: 'keys',
        ...bad(
          `${config.keyStoreDir} holds no log key.`,
          'If Perisai ran before: bring back the key store of this database from its backup. Else start Perisai once.',
        ),
      },
    ];
  let wired: Wired;
  try {
    wired = await wire({ ...houseOptions(config, database, createLog('silent')), borrowKeys: true });
  } catch (error) {
    return [{ name: 'keys', ...unforeseen(error) }];
  }
  try {
    return await examine([{ name: 'log', run: () => log(wired) }, ...recordChecks(wired.house), ...operationChecks(wired.house)]);
  } finally {
    await wired.close();
  }
}

/** Is this the database that was anchored outside it? The gate's own question. */
async function log({ house }: Wired): Promise<Finding> {
  const size = await house.db.begin('spine', (tx) => compare(house, tx));
  if (size === null)
    return bad(house.gate.reason, 'Nothing is accepted until this is mended; nothing that was acknowledged is lost by it.');
  return good(`The database is the one that was anchored: ${size} records are sealed.`);
}

function unforeseen(error: unknown): Finding {
  return bad(explain(error).says.split('\n')[0] ?? '', explain(error).says.split('\n').slice(1).join(' ') || 'Mend what it names.');
}

function tell(found: readonly Examined[]): void {
  const width = Math.max(...found.map(({ name }) => name.length));
  const words = { good: 'good', warn: 'look', bad: 'BAD ' } satisfies Record<Finding['state'], string>;
  for (const { name, state, says, todo } of found) {
    say(`${words[state]}  ${name.padEnd(width)}  ${says}`);
    if (todo !== undefined) say(`${' '.repeat(width + 8)}→ ${todo}`);
  }
  const count = (state: Finding['state']) => found.filter((one) => one.state === state).length;
  say(`\n${count('bad')} bad, ${count('warn')} to look at, ${count('good')} good.`);
}
