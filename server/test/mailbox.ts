import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A letter as a mail server on this machine took it. */
export interface Caught {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

export interface Mailbox {
  /** For `openMailer`. */
  readonly url: string;
  readonly letters: readonly Caught[];
  /** How often somebody named a recipient. */
  readonly asked: number;
  /** What it says to a recipient from now on: nothing takes the letter, a code and words refuse it. */
  answer: (to: string) => Promise<string | undefined> | string | undefined;
  /** Nobody listens any more; the port stays ours until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** A mail server on 127.0.0.1 that speaks SMTP and keeps what it is given. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Caught[] = [];
  let [asked, port, server] = [0, 0, undefined as SMTPServer | undefined];
  const up = async () => {
    server = new SMTPServer({
      ...{ authOptional: true, disableReverseLookup: true, hideSTARTTLS: true, closeTimeout: 1, logger: false },
      async onRcptTo({ address }, _session, taken) {
        asked++;
        const refusal = await mailbox.answer(address);
        if (refusal === undefined) return taken();
        const [code, ...words] = refusal.split(' ');
        taken(Object.assign(new Error(words.join(' ')), { responseCode: Number(code) }));
      },
      async onData(stream, { envelope }, taken) {
        let raw = '';
        for await (const part of stream.setEncoding('utf8')) raw += part;
        letters.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          ...read(raw),
        });
        taken();
      },
    });
    server.on('error', () => undefined); // who hangs up has its reasons
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  };
  const down = () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  await up();
  const mailbox: Mailbox = {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    get asked() {
      return asked;
    },
    answer: () => undefined,
    down,
    up,
    close: down,
  };
  return mailbox;
}

/** Headers, and the two parts of a multipart/alternative in base64, as a reader's program takes them apart. */
function read(raw: string): Pick<Caught, 'headers' | 'text' | 'html'> {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const part = (type: string) => {
    const [, body = ''] = new RegExp(`Content-Type: ${type}[^]*?\r\n\r\n([^]*?)\r\n--`).exec(raw) ?? [];
    return Buffer.from(body, 'base64').toString('utf8');
  };
  const headers = head
    .replace(/\r\n\s+/g, ' ')
    .split('\r\n')
    .map((line) => /^([^:]+):\s*(.*)$/.exec(line) ?? []);
  return {
    headers: new Map(headers.map(([, name = '', value = '']) => [name.toLowerCase(), decoded(value)])),
    text: part('text/plain'),
    html: part('text/html'),
  };
}

/** RFC 2047. */
function decoded(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, base64: string) => `\0${base64}\0`)
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, quoted: string) => {
      const bytes = quoted
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/gi, (_hex, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
      return `\0${Buffer.from(bytes, 'latin1').toString('base64')}\0`;
    })
    .replace(/\0([^\0]*)\0/g, (_, base64: string) => Buffer.from(base64, 'base64').toString('utf8'));
}
