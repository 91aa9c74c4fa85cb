import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../foundation/clock.ts';
import { type EmbeddedServer, startEmbedded } from '../foundation/db/embedded.ts';
import { createServiceKey, scopes } from '../foundation/http/keys.ts';
import { createLog } from '../foundation/log.ts';
import { rotateWebhookSecret } from '../foundation/outbox/secrets.ts';
import { type Running, startPerisai } from '../main.ts';
import type { House } from '../procedure/house.ts';
import { defineSurface, registerService, type ServiceInput, type SurfaceInput, setMediaHosts } from '../procedure/setup/service.ts';
import { type Seeded, seedStaff } from '../procedure/staff/seed.ts';
import { ensureDatabase } from './stage/database.ts';
import { startWarung } from './stage/warung.ts';

/** Perisai on a database of its own, with staff who can log in: for the replay, and as the first half of a stage. */
export interface BareStage {
  readonly perisai: Running;
  readonly staff: readonly Seeded[];
  readonly server: EmbeddedServer;
  readonly dataDir: string;
  /** Ends Perisai alone; the database goes on. Twice is once. */
  stopPerisai(): Promise<void>;
  stop(): Promise<void>;
}

/** Perisai and Warung side by side: for the demo and the story. */
export interface Stage extends BareStage {
  readonly warung: string;
  /** Warung's service key: what it may ask of the API, the story may ask too. */
  readonly key: string;
}

export interface BareStageOptions {
  /** Kept between runs; a temporary folder, removed at the end, where not given. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly origin: string;
  /** Where letters go; none are sent where it isn't said. */
  readonly smtpUrl?: string;
  /** How long what is decided can be undone; not at all where it isn't said. */
  readonly undoSeconds?: number;
}

export interface StageOptions extends BareStageOptions {
  readonly warungPort?: number;
}

/** Embedded PostgreSQL, and Perisai in this process on loopback. On a kept folder staff is made the first time only. */
export async function buildBareStage(options: BareStageOptions): Promise<BareStage> {
  const log = createLog('warn', { write: (line) => void process.stderr.write(line) });
  const throwaway = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'perisai-stage-')));
  const forget = async () => {
    if (throwaway) await rm(dataDir, { recursive: true, force: true });
  };
  const server = await startEmbedded({ dataDir, log, throwaway }).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  let running: Running | undefined;
  const stopPerisai = async () => {
    const ending = running;
    running = undefined;
    await ending?.stop();
  };
  const stop = async () => {
    try {
      await stopPerisai();
    } finally {
      await server.stop({ remove: throwaway });
      await forget();
    }
  };
  try {
    const port = options.port ?? (await freePort());
    running = await startPerisai({
      databaseUrl: server.appUrl,
      ownerUrl: server.url,
      dataDir,
      origin: options.origin,
      publicUrl: `http://127.0.0.1:${port}`,
      leaseMinutes: 30,
      ...(options.smtpUrl === undefined ? {} : { mail: { smtpUrl: options.smtpUrl, mailFrom: 'Warung <trust@warung.example>' } }),
      undoSeconds: options.undoSeconds,
      log,
      clock: systemClock,
      host: '127.0.0.1',
      port,
    });
    return { perisai: running, staff: await staffOf(running.house), server, dataDir, stopPerisai, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Builds the stage: Warung in a process and on a database of its own, spoken to over HTTP only. Every start on a kept folder makes new keys.
 */
export async function buildStage(options: StageOptions): Promise<Stage> {
  const bare = await buildBareStage(options);
  try {
    const port = options.warungPort ?? (await freePort());
    const met = await introduce(
      bare.perisai.house,
      { ...warungService, webhookUrl: `http://127.0.0.1:${port}/hooks/perisai` },
      warungSurfaces,
    );
    // Warung hands its pictures in by address.
    await setMediaHosts(bare.perisai.house, warungService.slug, [{ host: `127.0.0.1:${port}`, inside: true }]);
    const warung = await startWarung({
      port,
      databaseUrl: await ensureDatabase(bare.server.url, 'warung'),
      perisaiUrl: bare.perisai.url,
      ...met,
    });
    return {
      ...bare,
      warung: warung.url,
      key: warung.key,
      async stop() {
        try {
          await warung.stop();
        } finally {
          await bare.stop();
        }
      },
    };
  } catch (error) {
    await bare.stop();
    throw error;
  }
}

/** The seeded staff; on a kept folder they are there already, and their passwords are known to whoever saw them. */
async function staffOf(house: House): Promise<Seeded[]> {
  try {
    return await seedStaff(house);
  } catch (error) {
    if ((error as { code?: string }).code === 'conflict') return [];
    throw error;
  }
}

const warungService = { slug: 'warung', name: 'Warung', languages: ['ms', 'en', 'zh', 'ta'] } as const;
const openToAll = 'Anybody can read it.';
const warungSurfaces: readonly SurfaceInput[] = [
  { slug: 'public-feed', type: 'public-feed', private: 'no', privateReason: openToAll, screening: true },
  { slug: 'live', type: 'live', private: 'no', privateReason: openToAll, screening: true },
  { slug: 'ads', type: 'ad', private: 'no', privateReason: openToAll, screening: true },
  { slug: 'search', type: 'search', private: 'no', privateReason: openToAll, screening: true },
  {
    slug: 'group',
    type: 'group',
    private: 'grey',
    privateReason: 'Its members read it, and anybody may become one.',
    screening: true,
  },
  {
    slug: 'private-message',
    type: 'private-message',
    private: 'yes',
    privateReason: 'Goes to recipients whom the sender chose (Act 866 s.2(3)).',
    screening: false,
  },
];

/** Registers a service with its surfaces, and gives it a key for everything and a secret for its webhooks. */
export async function introduce(
  house: House,
  service: ServiceInput,
  surfaces: readonly SurfaceInput[],
): Promise<{ readonly key: string; readonly secret: string }> {
  await registerService(house, service);
  for (const surface of surfaces) await defineSurface(house, service.slug, surface);
  return house.db.begin('doors', async (tx) => {
    const { token } = await createServiceKey(tx, house, { service: service.slug, label: service.name, scopes: [...scopes] });
    const secret = await rotateWebhookSecret(tx, house.keyEncryption, {
      id: house.ids.next(),
      service: service.slug,
      secret: house.random.bytes(32),
      now: house.clock.now(),
      overlapMs: 3_600_000,
    });
    return { key: token, secret };
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = await listen(0);
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Whether nobody listens on that port of loopback. */
export async function isFree(port: number): Promise<boolean> {
  try {
    const probe = await listen(port);
    probe.close();
    await once(probe, 'close');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') return false;
    throw error;
  }
}

async function listen(port: number): Promise<Server> {
  const probe = createServer();
  probe.listen(port, '127.0.0.1');
  await once(probe, 'listening');
  return probe;
}
