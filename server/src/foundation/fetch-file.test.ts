import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fetched, fetchFile, isPublic } from './fetch-file.ts';

const bytes = Buffer.from('a harmless file, of which it is known what it is');
const sha256 = createHash('sha256').update(bytes).digest('hex');
let asked: string[] = [];
const answers: Readonly<Record<string, RequestListener>> = {
  '/whole': (_, answer) => void answer.end(bytes),
  '/in-pieces': (_, answer) => {
    answer.write(bytes.subarray(0, 10));
    answer.end(bytes.subarray(10));
  },
  '/other': (_, answer) => void answer.end(Buffer.from(bytes).fill('x')),
  '/gone': (_, answer) => void answer.writeHead(404).end(),
  '/used-up': (_, answer) => void answer.writeHead(410).end(),
  '/forbidden': (_, answer) => void answer.writeHead(403).end(),
  '/elsewhere': (_, answer) => void answer.writeHead(302, { location: '/whole' }).end(),
  '/broken': (_, answer) => void answer.writeHead(503).end(),
  '/huge': (_, answer) => void answer.writeHead(200, { 'content-length': '99999999999' }).write(bytes),
  // Says no length, and never ends.
  '/endless': (_, answer) => {
    const more = () => answer.write(Buffer.alloc(65_536), more);
    more();
  },
  '/short': (_, answer) => {
    answer.write(bytes.subarray(0, 10));
    answer.end();
  },
  '/silent': () => undefined,
  '/drip': (_, answer) => void answer.write(bytes.subarray(0, 10)),
  '/torn': (_, answer) => {
    answer.write(bytes.subarray(0, 10), () => answer.destroy());
  },
};

let server: Server;
let host: string;
beforeAll(async () => {
  server = createServer((request, answer) => {
    asked.push(request.url as string);
    answers[request.url as string]?.(request, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const inside = () => [{ host, inside: true }];
const get = (path: string, timeoutMs = 5_000) =>
  fetchFile({ url: `http://${host}${path}`, sha256, size: bytes.length }, inside(), { timeoutMs });

describe('a file that is fetched', () => {
  test('is there when it is what was said, byte for byte', async () => {
    expect(await get('/whole')).toEqual({ bytes });
    expect(await get('/in-pieces')).toEqual({ bytes });
  });

  test.each([
    ['another file', '/other', 'digest-wrong', false],
    ['none any more', '/gone', 'gone', false],
    ['an address that was used up', '/used-up', 'gone', false],
    ['one that we may not have', '/forbidden', 'refused', false],
    ['an address that leads elsewhere', '/elsewhere', 'redirected', false],
    ['larger than was said', '/huge', 'too-large', false],
    ['one without an end', '/endless', 'too-large', false],
    ['shorter than was said', '/short', 'too-small', false],
    ['a server that is broken', '/broken', 'broken', true],
    ['one that breaks off', '/torn', 'unreachable', true],
  ] as const)('is not taken where it is %s', async (_, path, failure, again) => {
    expect(await get(path)).toEqual({ failure, again });
  });

  test('does not keep us waiting: a server that is silent, and one that drips, are slow', async () => {
    expect(await get('/silent', 50)).toEqual({ failure: 'slow', again: true });
    expect(await get('/drip', 50)).toEqual({ failure: 'slow', again: true });
  });

  test('comes from a host that was registered, with its port, and from no other', async () => {
    asked = [];
    const from = (url: string, hosts = inside()): Promise<Fetched> =>
      fetchFile({ url, sha256, size: bytes.length }, hosts, { timeoutMs: 5_000 });
    for (const url of [
      `http://localhost:${host.split(':')[1]}/whole`,
      'http://127.0.0.1/whole',
      'https://files.warung.example/whole',
      'no address',
    ])
      expect([url, await from(url)]).toEqual([url, { failure: 'host-unknown', again: false }]);
    expect(await from(`http://name:word@${host}/whole`)).toEqual({ failure: 'host-unknown', again: false });
    // Plain http, and an address of our own network, only where the host was registered as inside.
    expect(await from(`http://${host}/whole`, [{ host, inside: false }])).toEqual({ failure: 'address-refused', again: false });
    expect(await from(`https://${host}/whole`, [{ host, inside: false }])).toEqual({ failure: 'address-refused', again: false });
    expect(await from('http://files.warung.example/whole', [{ host: 'files.warung.example', inside: true }])).toEqual({
      failure: 'address-refused',
      again: false,
    });
    expect(asked).toEqual([]);
  });

  test('is not fetched from a name that leads into our own network, whatever else it leads to', async () => {
    asked = [];
    const leadsTo =
      (...addresses: string[]): LookupFunction =>
      (_name, _options, answer) =>
        answer(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
    const name = `files.warung.example:${host.split(':')[1]}`;
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::ffff:127.0.0.1'], ['fd00::1']]) {
      const fetched = await fetchFile({ url: `https://${name}/whole`, sha256, size: 1 }, [{ host: name, inside: false }], {
        timeoutMs: 5_000,
        lookup: leadsTo(...addresses),
      });
      expect([addresses, fetched]).toEqual([addresses, { failure: 'address-refused', again: false }]);
    }
    expect(asked).toEqual([]);
  });
});

test('the networks that are not out in the world are known', () => {
  for (const address of [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '127.8.8.8',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
  ])
    expect([address, isPublic(address)]).toEqual([address, false]);
  for (const address of ['::1', '::', 'fe80::1', 'fd12::1', 'ff02::1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2001:db8::1', '2002:a00:1::'])
    expect([address, isPublic(address)]).toEqual([address, false]);
  for (const address of ['8.8.8.8', '175.136.0.1', '2404:6800:4003::1']) expect([address, isPublic(address)]).toEqual([address, true]);
  expect(isPublic('files.warung.example')).toBe(false);
});
