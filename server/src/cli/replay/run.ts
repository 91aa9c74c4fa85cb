import { connectPools } from '../../foundation/db/pools.ts';
import { openDatabase } from '../../foundation/db/transaction.ts';
import { settled } from '../stage/settled.ts';
import { introduce } from '../stage.ts';
import { surfaces } from './cast.ts';
import { openDoor } from './door.ts';
import type { Feed } from './feed.ts';
import { type Figures, figuresOf, sealedSize } from './figures.ts';
import type { Place } from './place.ts';
import { startPlatform } from './platform.ts';
import { type Playing, play, type Seen } from './play.ts';

export interface Replaying extends Pick<Place, 'perisai' | 'moderators' | 'service'>, Pick<Playing, 'limit' | 'onProgress'> {}

export interface Replayed {
  readonly seen: Seen;
  /** Size of the log before it. */
  readonly before: number;
  readonly seconds: number;
}

/** Plays a feed into a running house, with a stand-in platform beside it, until nothing is left to do. */
export async function replayInto(feed: Feed, { perisai, moderators, service, limit, onProgress }: Replaying): Promise<Replayed> {
  const { house } = perisai;
  await settled(house);
  const before = await sealedSize(house);
  const platform = await startPlatform();
  try {
    const { key, secret } = await introduce(
      house,
      { slug: service, name: 'Replay', languages: ['ms', 'en', 'zh', 'ta'], webhookUrl: platform.webhookUrl },
      surfaces.map((slug) => ({ slug, type: 'public-feed', private: 'no', privateReason: 'Anybody can read it.', screening: true })),
    );
    const door = openDoor(perisai.url, key);
    platform.open(door, secret);
    const began = performance.now();
    const seen = await play(feed, { house, door, moderators, limit, onProgress });
    const seconds = (performance.now() - began) / 1_000;
    await settled(house);
    await platform.catchUp();
    await settled(house);
    return { seen, before, seconds };
  } finally {
    await platform.stop();
  }
}

/**
 * Reads the figures of a replay after its house was stopped: what was only counted in memory is a record by then, and all of it is sealed.
 * @param from the index of the first record that counts
 */
export async function readFigures({ databaseUrl, perisai, service }: Place, from: number): Promise<Figures> {
  const db = openDatabase(connectPools({ url: databaseUrl }));
  try {
    return await figuresOf({ db, blobs: perisai.house.blobs, signer: perisai.house.signer }, service, from);
  } finally {
    await db.end();
  }
}
