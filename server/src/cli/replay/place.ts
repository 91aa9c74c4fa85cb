import { createLog } from '../../foundation/log.ts';
import { type Running, startPerisai } from '../../main.ts';
import type { House } from '../../procedure/house.ts';
import { enrol } from '../../procedure/staff/enrol.ts';
import { seedStaff } from '../../procedure/staff/seed.ts';
import * as staff from '../../staff/index.ts';
import { UsageError } from '../command.ts';
import { configuration, houseOptions, openConfiguredDatabase } from '../house.ts';
import { buildBareStage } from '../stage.ts';

/** A house that runs in this process, and where a replay may leave its records. */
export interface Place {
  readonly perisai: Running;
  readonly databaseUrl: string;
  readonly moderators: readonly staff.Member[];
  /** Slug of the service that this replay is. */
  readonly service: string;
  /** Whether nothing but the replay is in its log. */
  readonly fresh: boolean;
  stopPerisai(): Promise<void>;
  stop(): Promise<void>;
}

/** On a temporary database, thrown away by `stop`. */
export async function freshPlace(): Promise<Place> {
  const stage = await buildBareStage({ origin: 'demo/replay' });
  const { perisai, server, stopPerisai, stop } = stage;
  try {
    return {
      ...{ perisai, stopPerisai, stop, service: 'replay', fresh: true, databaseUrl: server.appUrl },
      moderators: await moderatorsOf(
        perisai.house,
        stage.staff.map(({ id }) => id),
      ),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * On the configured installation, in this process, so no other Perisai may run on it. The replay is a service of its own there.
 * @throws UsageError where the log is the real thing: what was made up would stand in it for ever
 */
export async function configuredPlace(): Promise<Place> {
  const config = configuration();
  if (!config.origin.startsWith('demo/'))
    throw new UsageError(
      `The log ${config.origin} is the real thing, and a replay would stand in it for ever. Use --fresh, or an installation whose origin begins with demo/.`,
    );
  const log = createLog('warn', { write: (line) => void process.stderr.write(line) });
  const database = await openConfiguredDatabase(config, log);
  let perisai: Running | undefined;
  const stopPerisai = async () => {
    const ending = perisai;
    perisai = undefined;
    await ending?.stop();
  };
  const stop = async () => {
    await stopPerisai();
    await database.stop();
  };
  try {
    perisai = await startPerisai({ ...houseOptions(config, database, log), host: '127.0.0.1', port: 0 });
    const { house } = perisai;
    const service = `replay-${house.clock.now().getTime().toString(36)}`;
    const moderators = await moderatorsOf(house, await enrolModerators(house, service));
    return { perisai, stopPerisai, stop, service, fresh: false, databaseUrl: database.databaseUrl, moderators };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Two of the replay's own: nobody's real name stands under a decision that was thrown. Where there is no staff yet, the seeded one. */
async function enrolModerators(house: House, service: string): Promise<string[]> {
  const roster = await house.db.begin('doors', (tx) => staff.roster(tx));
  const administrator = roster.find(({ roles, disabled }) => roles.includes('administrator') && !disabled);
  if (!administrator) return (await seedStaff(house)).map(({ id }) => id);
  const member = { ...administrator, name: administrator.name ?? 'administrator' };
  const ids: string[] = [];
  for (const n of [1, 2]) {
    const { id } = await enrol(house, member, {
      name: `Replay ${n}`,
      login: `${service}-${n}`,
      roles: ['moderator'],
      languages: ['ms', 'en'],
    });
    ids.push(id);
  }
  return ids;
}

/** Those among them who decide cases. */
async function moderatorsOf({ db }: House, ids: readonly string[]): Promise<staff.Member[]> {
  return db.begin('doors', async (tx) => {
    const found = await Promise.all(ids.map((id) => staff.member(tx, id)));
    return found
      .filter((member) => member !== undefined)
      .filter((member) => staff.may(member, 'case.decide', { type: 'case', harm: 'scam' }).allowed);
  });
}
