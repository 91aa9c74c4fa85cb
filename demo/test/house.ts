import { freshDatabase } from '../../server/test/database.ts';
import type { WarungClient } from '../src/client.ts';
import { warungClient } from '../src/client.ts';
import type { Warung, WarungOptions } from '../src/warung.ts';
import { startWarung } from '../src/warung.ts';
import type { FakePerisai } from './fake-perisai.ts';
import { startFakePerisai } from './fake-perisai.ts';

/** A Warung beside a fake Perisai, on a database of its own. */
export interface House {
  perisai: FakePerisai;
  warung: Warung;
  client: WarungClient;
  options: WarungOptions;
  /** What Warung complained of. */
  complaints: string[];
  stop(): Promise<void>;
}

/** Starts both, with four people: aminah (ms), ravi (en), mei (zh), kavitha (ta). Perisai is asked again after 5 to 20 ms. */
export async function openHouse(): Promise<House> {
  const database = await freshDatabase({ empty: true });
  const perisai = await startFakePerisai();
  const complaints: string[] = [];
  const options: WarungOptions = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    publicUrl: null,
    perisaiUrl: perisai.url,
    perisaiKey: perisai.key,
    webhookSecrets: [perisai.secret],
    automation: true,
    retry: { first: 5, cap: 20 },
    complain: (what, error) => void complaints.push(`${what}: ${error.message}`),
  };
  const warung = await startWarung(options);
  perisai.hooks = `${warung.url}/hooks/perisai`;
  const client = warungClient(warung.url);
  await client.join({ handle: 'aminah', name: 'Aminah', language: 'ms' });
  await client.join({ handle: 'ravi', name: 'Ravi', language: 'en' });
  await client.join({ handle: 'mei', name: '美玲', language: 'zh' });
  await client.join({ handle: 'kavitha', name: 'கவிதா', language: 'ta' });
  return {
    perisai,
    warung,
    client,
    options,
    complaints,
    async stop() {
      await warung.stop();
      await perisai.stop();
      await database.drop();
    },
  };
}
