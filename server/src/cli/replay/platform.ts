import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { platformSays } from './cast.ts';
import type { Door } from './door.ts';

interface Asked {
  readonly action: string;
  readonly target: { readonly id: string };
  readonly target_seq: number;
  readonly desired: string;
}

/** A stand-in for the provider's platform: hears signed webhooks, takes notices, acknowledges what it is asked for by the cast's rule. */
export interface Platform {
  readonly webhookUrl: string;
  /** From now on it can answer. Before, it has no key. */
  open(door: Door, secret: string): void;
  /** Asks what it may have missed, as a platform does after an outage, and answers that. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  let means: { door: Door; webhook: Webhook } | undefined;

  async function heed(door: Door, asked: Asked): Promise<void> {
    const said = platformSays(asked.target.id);
    if (said === 'silent') return;
    const state = said === 'gone' ? 'gone' : asked.desired;
    await door.post(`/v1/actions/${asked.action}/acknowledgements`, { target_seq: asked.target_seq, state });
  }
  async function hear(request: IncomingMessage): Promise<number> {
    const body = await textOf(request);
    if (!means) return 503;
    const message = verified(means.webhook, body, request);
    if (message === null) return 401;
    // Acknowledged before it is answered: a 2xx alone says delivered, not done.
    if (message.type === 'action.requested') await heed(means.door, message.data);
    return 204;
  }

  const server = createServer((request, response) => {
    hear(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    webhookUrl: `http://127.0.0.1:${port}/hooks`,
    open(door, secret) {
      means = { door, webhook: new Webhook(secret) };
    },
    async catchUp() {
      if (!means) return;
      for (let after: string | null = ''; after !== null; ) {
        const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const page = (await means.door.get(`/v1/actions?state=pending&limit=100${query}`)) as { items: Asked[]; next: string | null };
        for (const asked of page.items) await heed(means.door, asked);
        after = page.next;
      }
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Null where it isn't signed with our secret. */
function verified(webhook: Webhook, body: string, { headers }: IncomingMessage): { type: string; data: Asked } | null {
  const of = (name: string) => String(headers[name] ?? '');
  const signed = {
    'webhook-id': of('webhook-id'),
    'webhook-timestamp': of('webhook-timestamp'),
    'webhook-signature': of('webhook-signature'),
  };
  try {
    return webhook.verify(body, signed) as { type: string; data: Asked };
  } catch {
    // Somebody else's: refused, as every platform should.
    return null;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
