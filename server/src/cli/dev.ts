import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { warungClient } from '@perisai/warung/client';
import { seedDay } from '@perisai/warung/seed';
import type { Seeded } from '../procedure/staff/seed.ts';
import { totpCode } from '../staff/index.ts';
import { type Command, say } from './command.ts';
import { buildStage, type Stage } from './stage.ts';
import { table } from './words.ts';

/** `perisai dev`: what somebody who changes Perisai looks at. `npm run dev` starts it again at every change of a source. */
export const dev: Command = {
  name: 'dev',
  takes: '[--port N]',
  does: 'runs Perisai and Warung on a database that is kept in .perisai/dev, with a seeded day, log-ins printed',
  help: `Perisai listens on N (8088), Warung on N + 2. The first start plays a day at Warung; later ones go on with what is there.
To begin anew: rm -r .perisai/dev`,
  async run(args) {
    const { values } = parseArgs({ args, options: { port: { type: 'string', default: '8088' } } });
    const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    // A terminal's Ctrl-C comes twice, from itself and from who watches the sources: the second must not cut the first one's end short.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
    const port = Number(values.port);
    const dataDir = resolve('.perisai', 'dev');
    const stage = await buildStage({ dataDir, origin: 'demo/dev', port, warungPort: port + 2 });
    try {
      await introduce(stage, logIns(stage, dataDir));
      const playing = seedDay(warungClient(stage.warung), {
        progress: (done, of) => done % 100 === 0 && say(`  the first day is being played: ${done} of ${of}`),
      }).then((day) => day && say('  the first day is played'));
      // Who ends it ends Warung in the middle of its day: what that complains about is of no interest then.
      playing.catch(() => undefined);
      await asked;
    } finally {
      await stage.stop();
    }
    return 0;
  },
};

/** Staff is made once; passwords are kept beside the data of this one machine, since nobody could read them from the database. */
function logIns({ staff }: Stage, dataDir: string): readonly Seeded[] {
  const file = join(dataDir, 'log-ins.json');
  if (staff.length > 0) writeFileSync(file, JSON.stringify(staff, null, 2), { mode: 0o600 });
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Seeded[]) : staff;
}

async function introduce({ perisai, warung }: Stage, staff: readonly Seeded[]): Promise<void> {
  const now = new Date();
  say(
    table([
      ['Staff pages', `${perisai.url}/desk`],
      ['Public pages', `${perisai.url}/`],
      ['Warung', warung],
      ['API', `${perisai.url}/openapi.json`],
    ]),
  );
  say();
  say(
    table([
      ['log-in', 'password', 'roles', 'code now', 'secret for an authenticator app'],
      ...staff.map((one) => [one.login, one.password, one.roles.join(','), totpCode(one.totpSecret, now), one.totpSecret]),
    ]),
  );
  say();
}
