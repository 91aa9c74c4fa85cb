import { parseArgs } from 'node:util';
import { Problem } from '../foundation/http/problems.ts';
import { rotateWebhookSecret } from '../foundation/outbox/secrets.ts';
import * as subjects from '../subjects/index.ts';
import { type Command, say } from './command.ts';
import { inHouse } from './house.ts';
import { duration, needed, verbOf } from './words.ts';

/** `perisai webhook rotate`: the secret under which webhooks to a service are signed. */
export const webhook: Command = {
  name: 'webhook',
  takes: 'rotate --service SLUG [--overlap 24h]',
  does: 'makes a new secret for the webhooks to a service',
  help: `Webhooks are signed as Standard Webhooks say, during the overlap with both secrets: give the service the new one within that time.
The first secret of a service is made in the same way. It is printed once.`,
  run: verbOf('webhook', { rotate }),
};

async function rotate(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { service: { type: 'string' }, overlap: { type: 'string', default: '24h' } } });
  const { service } = needed(values, 'service');
  const overlapMs = duration(values.overlap, 'overlap');
  const secret = await inHouse((house) =>
    house.db.begin('doors', async (tx) => {
      if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
      const [id, bytes, now] = [house.ids.next(), house.random.bytes(32), house.clock.now()];
      return rotateWebhookSecret(tx, house.keyEncryption, { id, service, secret: bytes, now, overlapMs });
    }),
  );
  say(
    `Webhooks to ${service} are signed with this, too, from now on; earlier secrets end in ${values.overlap}. It is shown this once:\n\n  ${secret}\n`,
  );
  return 0;
}
