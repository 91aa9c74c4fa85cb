import { parseArgs } from 'node:util';
import { Problem } from '../foundation/http/problems.ts';
import { stuck } from '../foundation/outbox/outbox.ts';
import { replay, replayDead } from '../procedure/moderation/index.ts';
import * as subjects from '../subjects/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { inHouse } from './house.ts';
import { table, verbOf } from './words.ts';

/** `perisai outbox …`: webhooks that do not arrive. */
export const outbox: Command = {
  name: 'outbox',
  takes: 'list|replay …',
  does: 'shows which webhooks do not arrive, and sends them again',
  help: `perisai outbox list [--service warung] [--json]
perisai outbox replay --message ID
perisai outbox replay --dead [--service warung]

Webhooks are tried again by themselves for five days; then they are given up, and only a replay sends them again. What a newer order about
the same target has taken the place of is not sent any more. Each replay is a record.`,
  run: verbOf('outbox', { list, replay: again }),
};

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { service: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const rows = await inHouse((house) => house.db.begin('doors', (tx) => stuck(tx, { service: values.service }, 200)));
  if (values.json) say(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) say('Every webhook arrives.');
  else
    say(
      table([
        ['message', 'service', 'type', 'since', 'tries', 'failure', 'next try'],
        ...rows.map((row) => [
          ...[row.id, row.service, row.type, row.createdAt.toISOString(), String(row.attempts), row.failure ?? ''],
          row.deadAt ? 'given up' : row.nextAt.toISOString(),
        ]),
      ]),
    );
  return 0;
}

async function again(args: string[]): Promise<number> {
  const options = { message: { type: 'string' }, dead: { type: 'boolean', default: false }, service: { type: 'string' } } as const;
  const { message, dead, service } = parseArgs({ args, options }).values;
  if ((message === undefined) === !dead) throw new UsageError('perisai outbox replay needs either --message or --dead.');
  if (message !== undefined && !/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(message))
    throw new UsageError(`--message is the id of a webhook, not “${message}”.`);
  const sent = await inHouse(async (house) => {
    if (service !== undefined && !(await house.db.begin('doors', (tx) => subjects.service(tx, service))))
      throw new Problem('not-found', `There is no service ${service}.`);
    if (message === undefined) return replayDead(house, service, {});
    await house.db.begin('doors', (tx) => replay(house, tx, message, service === undefined ? {} : { service }));
    return 1;
  });
  say(sent === 0 ? 'No webhook was given up.' : `${sent} ${sent === 1 ? 'webhook goes' : 'webhooks go'} out again.`);
  return 0;
}
