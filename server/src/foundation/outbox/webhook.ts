import { Webhook } from 'standardwebhooks';
import type { Message } from './outbox.ts';

/** Where a service listens, and the secrets it may check with: the newest signs first, older ones overlap during a rotation. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: readonly string[];
}

export type Delivery = Taken | NotTaken;

/** The receiver answered 2xx; `signed` is its JSON body where that carried Standard Webhooks' own signature under the same secret. */
interface Taken {
  readonly taken: true;
  readonly signed: unknown;
  readonly status: number;
  /** What it answered, as far as it was read. */
  readonly answer: string;
}

interface NotTaken {
  readonly taken: false;
  readonly status: number | null;
  /** A code of ours or of the network, never a body. */
  readonly failure: string;
  readonly answer: string;
  /** 410: the receiver wants nothing at this address ever again, so that trying again is in vain. */
  readonly forGood: boolean;
  /** How long it asks us to wait (429, 503). */
  readonly retryAfterMs: number | null;
}

const patienceMs = 10_000;
const answerLimit = 64 * 1024;

/**
 * One try of one webhook (Standard Webhooks: id, timestamp, signature over the raw body). Never throws for what the receiver does: an answer
 * is read to 64 KiB and no further, a redirect is refused (the address is the operator's word, not the receiver's), and who is slower than
 * the time limit has not taken it.
 */
export async function deliver(message: Pick<Message, 'id' | 'body'>, endpoint: Endpoint, timeoutMs = patienceMs): Promise<Delivery> {
  // The receiver checks this against the world's clock, five minutes either way, so the injected clock is not asked.
  const at = new Date();
  const signature = endpoint.secrets.map((secret) => new Webhook(secret).sign(message.id, at, message.body)).join(' ');
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signature,
      },
      body: message.body,
    });
    const { text, whole } = await readUpTo(response, answerLimit);
    const { status } = response;
    if (response.ok)
      return { taken: true, signed: whole ? signedAnswer(text, response.headers, endpoint.secrets) : null, status, answer: text };
    return {
      taken: false,
      status,
      failure: status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`,
      answer: text,
      forGood: status === 410,
      retryAfterMs: retryAfter(response.headers.get('retry-after')),
    };
  } catch (error) {
    const failure = error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? error.name) : 'unknown';
    return { taken: false, status: null, failure, answer: '', forGood: false, retryAfterMs: null };
  }
}

/** The beginning of a body; the rest is not fetched. */
async function readUpTo({ body }: Response, limit: number): Promise<{ readonly text: string; readonly whole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    parts.push(part.subarray(0, limit - size));
    size += part.length;
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > limit) break;
  }
  return { text: new TextDecoder().decode(Buffer.concat(parts)), whole: size <= limit };
}

function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null;
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
