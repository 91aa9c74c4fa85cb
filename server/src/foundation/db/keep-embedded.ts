import type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
import { startEmbedded } from './embedded.ts';
import { alive } from './process-identity.ts';

export interface KeptServer {
  /** Of the owner and of the application; both stay the same when the server is started anew. */
  readonly url: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

/**
 * The embedded server, and somebody who looks after it: where it ends without being asked to (killed for its memory, say), it is started
 * again on the same socket, and repeats from its write-ahead log what it had promised. Until then connections fail and doors answer 503.
 */
export async function keepEmbedded(options: EmbeddedOptions, { every = 250 } = {}): Promise<KeptServer> {
  let server: EmbeddedServer = await startEmbedded(options);
  const { url, appUrl, socketDir } = server;
  let stopping = false;
  let wake: () => void = () => undefined;

  async function look(): Promise<void> {
    if (alive(server.process)) return;
    options.log.error({ server: server.pid }, 'PostgreSQL has ended without being asked to: starting it again');
    try {
      server = await startEmbedded({ ...options, socketDir });
      options.log.warn({ server: server.pid }, 'PostgreSQL is back');
    } catch (error) {
      options.log.error({ err: error }, 'PostgreSQL does not start: trying again');
    }
  }

  const loop = (async () => {
    while (!stopping) {
      await look();
      if (stopping) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();

  return {
    url,
    appUrl,
    async stop() {
      stopping = true;
      wake();
      await loop;
      await server.stop();
    },
  };
}
