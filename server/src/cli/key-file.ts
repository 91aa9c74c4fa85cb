import { parseArgs } from 'node:util';
import { systemClock } from '../foundation/clock.ts';
import { confirmKeyCopy, rotateLocalKeyFile } from '../foundation/keys/local-key-file.ts';
import { type Command, say, UsageError } from './command.ts';
import { configuration } from './house.ts';
import { verbOf } from './words.ts';

/** `perisai key-file …`: the local key file, without which no encrypted text and no backup can be read. */
export const keyFile: Command = {
  name: 'key-file',
  takes: 'confirm-copy PATH|rotate',
  does: 'confirms that the key file has a copy elsewhere; adds a new key to it',
  help: `perisai key-file confirm-copy /media/usb/key-file.json   compares the copy byte for byte; then doctor is content
perisai key-file rotate                                  what is wrapped from the next start on, is so with a new key; old ones still open

After a rotation the file needs a new copy elsewhere, and confirming.`,
  run: verbOf('key-file', { 'confirm-copy': confirmCopy, rotate }),
};

async function confirmCopy(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [copy, ...more] = positionals;
  if (copy === undefined || more.length > 0) throw new UsageError('Name the path of the copy.');
  const { keyFile: path } = configuration();
  confirmKeyCopy(path, copy);
  say(`${copy} is the same as ${path}, byte for byte. Keep it away from this machine, and as safe as the data.`);
  return 0;
}

async function rotate(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const { keyFile: path } = configuration();
  const { id } = rotateLocalKeyFile(path, systemClock);
  say(`${path} has the new key ${id}. Restart Perisai, copy the file elsewhere, and confirm the copy.`);
  return 0;
}
