import { parseArgs } from 'node:util';
import { generateLogKey, logSigner } from '@perisai/log';
import { systemClock } from '../foundation/clock.ts';
import { openLocalKeyFile } from '../foundation/keys/local-key-file.ts';
import { installationSecret, replaceSecret } from '../foundation/keys/secrets.ts';
import { installation } from '../procedure/setup/begin.ts';
import { rotateKey } from '../records/index.ts';
import { type Command, say } from './command.ts';
import { configuration, inHouse } from './house.ts';
import { verbOf } from './words.ts';

/** `perisai log-key …`: the key that signs the log. */
export const logKey: Command = {
  name: 'log-key',
  takes: 'show|rotate',
  does: 'shows the key that the log is verified with; hands the log over to a new one',
  help: `perisai log-key show     the verifier key, to be given away: publish it where the log itself cannot change it
perisai log-key rotate   announces a new key in the log, under the old one's seal, and signs with it from then on

A rotation needs Perisai stopped. If it is interrupted, the old key holds: call it again. Afterwards publish the new verifier key; whoever has
the old one finds the new one in the log, in a record that the old one sealed.`,
  run: verbOf('log-key', { show, rotate }),
};

async function show(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  say(await inHouse(async ({ signer }) => signer.vkey));
  return 0;
}

async function rotate(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const { keyFile, keyStoreDir } = configuration();
  // With the key store's lock, so that no Perisai runs that would go on with the old key.
  const vkey = await inHouse(
    async (house) => {
      const encryption = openLocalKeyFile(keyFile, systemClock);
      const origin = house.signer.vkey.split('+')[0] as string;
      // Kept until the log is handed over: a second call goes on with the same key, which may be announced already.
      const next = logSigner(
        (await installationSecret(keyStoreDir, encryption, 'log-key-next', () => Buffer.from(generateLogKey(origin).skey))).toString(
          'utf8',
        ),
      );
      await rotateKey(house, installation, next);
      await replaceSecret(keyStoreDir, { from: 'log-key-next', to: 'log-key' });
      return next.vkey;
    },
    { borrowKeys: false },
  );
  say(`The log is signed with a new key from now on:\n\n  ${vkey}\n\nPublish it, and start Perisai again.`);
  return 0;
}
