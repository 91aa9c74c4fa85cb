import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const warungMain = fileURLToPath(new URL('../../../../demo/src/main.ts', import.meta.url));

interface WarungGiven {
  readonly port: number;
  readonly databaseUrl: string;
  readonly perisaiUrl: string;
  readonly key: string;
  readonly secret: string;
}

/** Starts Warung and returns when it listens. It is told what any provider's engineer would be told, and nothing more. */
export async function startWarung(given: WarungGiven): Promise<{ readonly url: string; readonly key: string; stop(): Promise<void> }> {
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
    key: given.key,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
