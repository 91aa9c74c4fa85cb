import { Webhook } from 'standardwebhooks';
import type { Message } from './outbox.ts';

/** Where a service listens, and the secrets it may check with: the newest signs first, older ones overlap during a rotation. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: readonly string[];
}

export type Delivery =
  /** The receiver answered 2xx; `signed` is its JSON body where that carried Standard Webhooks' own signature under the same secret. */
  { readonly taken: true; readonly signed: unknown } | { readonly taken: false; readonly failure: string };

const timeoutMs = 10_000;
const answerLimit = 64 * 1024;

/** One try of one webhook (Standard Webhooks: id, timestamp, signature over the raw body). Never throws for what the receiver does. */
export async function deliver(message: Pick<Message, 'id' | 'body'>, endpoint: Endpoint): Promise<Delivery> {
  // The receiver checks this against the world's clock, five minutes either way, so the injected clock is not asked.
  const at = new Date();
  const signature = endpoint.secrets.map((secret) => new Webhook(secret).sign(message.id, at, message.body)).join(' ');
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signature,
      },
      body: message.body,
    });
    const text = await response.text();
    if (!response.ok) return { taken: false, failure: `HTTP ${response.status}` };
    return { taken: true, signed: text.length <= answerLimit ? signedAnswer(text, response.headers, endpoint.secrets) : null };
  } catch (error) {
    return {
      taken: false,
      failure: error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? error.name) : 'unknown',
    };
  }
}

function signedAnswer(text: string, headers: Headers, secrets: readonly string[]): unknown {
  const signed = {
    'webhook-id': headers.get('webhook-id') ?? '',
    'webhook-timestamp': headers.get('webhook-timestamp') ?? '',
    'webhook-signature': headers.get('webhook-signature') ?? '',
  };
  if (signed['webhook-signature'] === '') return null;
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(text, signed);
    } catch {
      // Not this secret: the next one may be the one it was signed with. None fitting means not signed.
    }
  }
  return null;
}
