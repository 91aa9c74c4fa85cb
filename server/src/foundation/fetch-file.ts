import { createHash } from 'node:crypto';
import { lookup as lookUp } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** A machine that files may be fetched from, with its port where that is not 443. `inside`: it may lie in the operator's own network. */
export interface FileHost {
  readonly host: string;
  readonly inside: boolean;
}

/** A file somewhere else, with what it must be. */
export interface WantedFile {
  readonly url: string;
  readonly sha256: string;
  readonly size: number;
}

interface FetchOptions {
  readonly timeoutMs: number;
  /** Ends it earlier. */
  readonly signal?: AbortSignal;
  readonly lookup?: LookupFunction;
}

/** Why a file is not to be had. Those that another try may mend: `slow`, `unreachable`, `broken`. */
export const fetchFailures = [
  'host-unknown',
  'address-refused',
  'redirected',
  'gone',
  'refused',
  'too-large',
  'too-small',
  'digest-wrong',
  'slow',
  'unreachable',
  'broken',
] as const;
export type FetchFailure = (typeof fetchFailures)[number];

export type Fetched = { readonly bytes: Buffer } | { readonly failure: FetchFailure; readonly again: boolean };

/** Addresses that are not out in the world: loopback, private and link-local networks, and what is set aside for other uses. */
const inside4 = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
  ] as const),
  ...([
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
])
  inside4.addSubnet(network, bits, 'ipv4');
/** All of IPv6 but 2000::/3, and of that what carries an IPv4 address or is set aside. A list apart: Node holds IPv4 for a part of ::/3. */
const inside6 = new BlockList();
for (const [network, bits] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  inside6.addSubnet(network, bits, 'ipv6');

/** Whether an address lies out in the world. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  return family === 4 ? !inside4.check(address, 'ipv4') : family === 6 && !inside6.check(address, 'ipv6');
}

const loopback = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Fetches a file that its platform has put somewhere: from a host that it registered and no other, over https (plain http on this machine
 * alone), no redirect followed, no address inside our own network unless that host was registered as inside. The address that was looked at
 * is the one that is spoken to. Reads no further than the size that was said, and believes nothing but the digest. Never throws for what the
 * other side does.
 */
export async function fetchFile(
  wanted: WantedFile,
  hosts: readonly FileHost[],
  { timeoutMs, signal, lookup = lookUp as LookupFunction }: FetchOptions,
): Promise<Fetched> {
  const url = URL.canParse(wanted.url) ? new URL(wanted.url) : null;
  const known = url && hosts.find(({ host }) => host === url.host);
  if (!url || !known || url.username !== '' || url.password !== '') return forGood('host-unknown');
  const near = loopback.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && near && known.inside)) return forGood('address-refused');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !known.inside && !isPublic(literal)) return forGood('address-refused');
  try {
    const patience = AbortSignal.timeout(timeoutMs);
    const ends = signal ? AbortSignal.any([patience, signal]) : patience;
    return await read(url, wanted, ends, known.inside ? lookup : onlyPublic(lookup));
  } catch (error) {
    if (error instanceof Refusal) return forGood(error.failure);
    const { name, code } = error as { name?: string; code?: string };
    return { failure: name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR' ? 'slow' : 'unreachable', again: true };
  }
}

class Refusal extends Error {
  readonly failure: FetchFailure;
  constructor(failure: FetchFailure) {
    super(failure);
    this.failure = failure;
  }
}

const forGood = (failure: FetchFailure): Fetched => ({ failure, again: false });

/** Looks a name up, and gives nothing where any of its addresses lies inside: a name that leads to both is one that leads inside. */
function onlyPublic(lookup: LookupFunction): LookupFunction {
  return (name, options, answer) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '', 0);
      const addresses = found as { address: string; family: number }[];
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address)))
        return answer(new Refusal('address-refused'), '', 0);
      if (options.all) return answer(null, addresses);
      const [first] = addresses as [{ address: string; family: number }];
      return answer(null, first.address, first.family);
    });
}

function read(url: URL, { size, sha256 }: WantedFile, signal: AbortSignal, lookup: LookupFunction): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(
      url,
      // A connection of its own: one that was opened for another host's name could be lent.
      { lookup, agent: false, signal, headers: { accept: '*/*', 'accept-encoding': 'identity' } },
      (response) => {
        const end = (fetched: Fetched) => {
          resolve(fetched);
          response.destroy();
        };
        response.on('error', reject);
        const refused = refusalOf(response.statusCode ?? 0);
        if (refused) return end(refused);
        const said = Number(response.headers['content-length'] ?? size);
        if (said !== size) return end(forGood(said > size ? 'too-large' : 'too-small'));
        const parts: Buffer[] = [];
        const hash = createHash('sha256');
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > size) return end(forGood('too-large'));
          hash.update(part);
          parts.push(part);
        });
        response.on('end', () => {
          if (length < size) return end(forGood('too-small'));
          return end(hash.digest('hex') === sha256 ? { bytes: Buffer.concat(parts) } : forGood('digest-wrong'));
        });
      },
    );
    request.on('error', reject);
  });
}

/** What an answer other than 200 means. 408, 425, 429 and 5xx may pass. */
function refusalOf(status: number): Fetched | null {
  if (status === 200) return null;
  if (status >= 300 && status < 400) return forGood('redirected');
  if (status === 404 || status === 410) return forGood('gone');
  if ([408, 425, 429].includes(status) || status >= 500) return { failure: 'broken', again: true };
  return forGood('refused');
}
