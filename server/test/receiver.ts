import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Heard {
  readonly id: string;
  readonly body: { readonly type: string; readonly data: Record<string, unknown> };
  readonly raw: string;
}

export type Answering = (heard: Heard, response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface Receiver {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** What it answers from now on. */
  answer: Answering;
  /** Nobody listens any more; the port stays ours until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** A platform's webhook address on 127.0.0.1: hears everything, and answers what the test says; 204 where it says nothing. */
export async function openReceiver(answer: Answering = (_heard, response) => void response.writeHead(204).end()): Promise<Receiver> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const part of request.setEncoding('utf8')) raw += part;
    const one = { id: String(request.headers['webhook-id']), body: JSON.parse(raw), raw };
    heard.push(one);
    await receiver.answer(one, response, request);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  };
  const port = await listen(0);
  const down = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    heard,
    answer,
    down,
    up: async () => void (await listen(port)),
    close: async () => {
      if (server.listening) await down();
    },
  };
  return receiver;
}
