import type { NoteSigner } from '@perisai/log';
import type { Logger } from 'pino';
import type { Blobs } from '../foundation/blobs.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/transaction.ts';
import type { Ids } from '../foundation/ids.ts';
import type { KeyStore } from '../foundation/keys/key-store.ts';
import type { Randomness } from '../foundation/randomness.ts';
import type { Gate } from './gate.ts';

/** What every step needs: the database, the injected outside world, and the log that its records go to. */
export interface Spine {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Randomness;
  readonly blobs: Blobs;
  readonly keys: KeyStore;
  readonly log: Logger;
  /** The installation's secret for ids made of natural keys (account, item) and for short codes. 32 bytes. */
  readonly secret: Buffer;
  /** Closed while the database is not the one that was anchored: then nothing is appended. */
  readonly gate: Gate;
  readonly signer: NoteSigner;
  /** Called after each commit that appended: shortens the sequencer's beat. */
  readonly nudge: () => void;
}
