import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../foundation/clock.ts';
import { type EmbeddedServer, startEmbedded } from '../foundation/db/embedded.ts';
import { createServiceKey, scopes } from '../foundation/http/keys.ts';
import { createLog } from '../foundation/log.ts';
import { rotateWebhookSecret } from '../foundation/outbox/secrets.ts';
import { type Running, startPerisai } from '../main.ts';
import type { House } from '../procedure/house.ts';
import { defineSurface, registerService } from '../procedure/setup/service.ts';
import { type Seeded, seedStaff } from '../procedure/staff/seed.ts';
import { ensureDatabase } from './database.ts';

const warungMain = fileURLToPath(new URL('../../../demo/src/main.ts', import.meta.url));

/** Perisai and Warung side by side, with staff who can log in: for the demo, the story and the replay. */
export interface Stage {
  readonly perisai: Running;
  readonly warung: string;
  readonly staff: readonly Seeded[];
  /** Warung's service key: what it may ask of the API, the story may ask too. */
  readonly key: string;
  readonly server: EmbeddedServer;
  readonly dataDir: string;
  /** Ends Perisai alone; Warung and the database go on. */
  stopPerisai(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** Kept between runs; a temporary folder, removed at the end, where not given. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly warungPort?: number;
  readonly origin: string;
  /** Whether Warung plays, too. */
  readonly withWarung?: boolean;
}

/**
 * Builds the stage: embedded PostgreSQL with a database for each, Perisai in this process, Warung in its own, spoken to over HTTP only.
 * Every start on a kept folder makes new keys and, the first time, new staff.
 */
export async function buildStage(options: StageOptions): Promise<Stage> {
  const log = createLog('warn');
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'perisai-stage-')));
  const server = await startEmbedded({ dataDir, log, throwaway: options.dataDir === undefined });
  const port = options.port ?? (await freePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const perisai = await startPerisai({
    databaseUrl: server.url,
    dataDir,
    origin: options.origin,
    publicUrl,
    leaseMinutes: 30,
    log,
    clock: systemClock,
    host: '127.0.0.1',
    port,
  });
  const ends: (() => Promise<unknown>)[] = [];
  let running = true;
  const stopPerisai = async () => {
    if (running) await perisai.stop();
    running = false;
  };
  const stop = async () => {
    for (const end of ends.reverse()) await end();
    await stopPerisai();
    await server.stop(options.dataDir === undefined ? { remove: true } : {});
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const staff = await staffOf(perisai.house);
    const warungPort = options.warungPort ?? (await freePort());
    const webhooks = options.withWarung === false ? null : `http://127.0.0.1:${warungPort}/hooks/perisai`;
    const { key, secret } = await introduceWarung(perisai.house, webhooks);
    const warung =
      webhooks === null
        ? null
        : await startWarung({
            port: warungPort,
            databaseUrl: await ensureDatabase(server.url, 'warung'),
            perisaiUrl: publicUrl,
            key,
            secret,
          });
    if (warung) ends.push(warung.stop);
    return { perisai, warung: warung?.url ?? '', staff, key, server, dataDir, stopPerisai, stop };
  } catch (error) {
    await stop();
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

async function introduceWarung(house: House, webhookUrl: string | null): Promise<{ key: string; secret: string }> {
  const service = 'warung';
  await registerService(house, { slug: service, name: 'Warung', languages: ['ms', 'en', 'zh', 'ta'], webhookUrl });
  await defineSurface(house, service, {
    slug: 'public-feed',
    type: 'public-feed',
    private: 'no',
    privateReason: 'Anybody can read it.',
    screening: true,
  });
  await defineSurface(house, service, {
    slug: 'private-message',
    type: 'private-message',
    private: 'yes',
    privateReason: 'Goes to recipients whom the sender chose (Act 866 s.2(3)).',
    screening: false,
  });
  return house.db.begin('doors', async (tx) => {
    const { token } = await createServiceKey(tx, house, { service, label: 'Warung', scopes: [...scopes] });
    const secret = await rotateWebhookSecret(tx, house.keyEncryption, {
      id: house.ids.next(),
      service,
      secret: house.random.bytes(32),
      now: house.clock.now(),
      overlapMs: 3_600_000,
    });
    return { key: token, secret };
  });
}

async function startWarung(given: { port: number; databaseUrl: string; perisaiUrl: string; key: string; secret: string }) {
  const child = spawn(process.execPath, [warungMain], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own process group: Ctrl-C reaches us, and we end it.
    detached: true,
    env: {
      PATH: process.env['PATH'] ?? '',
      TMPDIR: tmpdir(),
      WARUNG_PORT: String(given.port),
      WARUNG_HOST: '127.0.0.1',
      WARUNG_DATABASE_URL: given.databaseUrl,
      WARUNG_AUTOMATION: '1',
      PERISAI_URL: given.perisaiUrl,
      PERISAI_API_KEY: given.key,
      PERISAI_WEBHOOK_SECRET: given.secret,
    },
  });
  const ended = once(child, 'exit');
  const ready = await new Promise<{ url: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready"')) resolve(JSON.parse(line) as { url: string });
    });
    child.once('exit', (code) => reject(new Error(`Warung ended with ${code} before it listened.`)));
    child.once('error', reject);
  });
  return {
    url: ready.url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
