import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDoors } from '../doors.ts';
import { openapiDocument } from '../foundation/http/openapi.ts';
import { silentLog } from '../foundation/log.ts';
import { systemRandomness } from '../foundation/randomness.ts';
import type { House } from '../procedure/house.ts';
import { type Command, say } from './command.ts';

const file = fileURLToPath(new URL('../../openapi.json', import.meta.url));

/** `perisai openapi`: the API's description, from the routes themselves, into `server/openapi.json`. */
export const openapi: Command = {
  name: 'openapi',
  takes: '[--check]',
  does: 'writes server/openapi.json from the routes; --check only compares',
  async run(args) {
    const { values } = parseArgs({ args, options: { check: { type: 'boolean', default: false } } });
    const text = await openapiText();
    const same = (await readFile(file, 'utf8').catch(() => '')) === text;
    if (values.check) {
      if (!same) process.stderr.write('server/openapi.json is not what the routes say: npm run openapi.\n');
      return same ? 0 : 1;
    }
    if (!same) await writeFile(file, text);
    say(`server/openapi.json ${same ? 'says already what' : 'now says what'} the routes say.`);
    return 0;
  },
};

/** The same text for the same routes, whoever makes it: nothing of an installation is in it. */
export async function openapiText(): Promise<string> {
  // Routes are described when they are put up. Nobody asks them, so that there need be no house behind them.
  const house = { publicUrl: 'http://localhost', log: silentLog, random: systemRandomness, secret: Buffer.alloc(32), db: {} };
  const app = await openDoors(house as unknown as House);
  await app.ready();
  const text = `${JSON.stringify(openapiDocument(app), null, 2)}\n`;
  await app.close();
  return text;
}
