import { setTimeout as pause } from 'node:timers/promises';
import { logSigner } from '@perisai/log';
import { openDiskBlobs } from '../src/foundation/disk-blobs.ts';
import { beat } from '../src/records/sequence.ts';
import { spineOn } from './spine.ts';

/**
 * A sequencer in a process of its own, to be killed. Says each crash point it passes on a line, and kills itself at the one it is told.
 * Arguments: database, folder of the blobs, secret key of the log, crash point (or nothing).
 */
const [url = '', folder = '', skey = '', dieAt] = process.argv.slice(2);
const spine = spineOn(url, { blobs: await openDiskBlobs(folder), signer: logSigner(skey) });
for (;;) {
  await beat(spine, (point) => {
    if (point === dieAt) process.kill(process.pid, 'SIGKILL');
    process.stdout.write(`${point}\n`);
  });
  await pause(2);
}
