import { parse } from 'tldts';
import { ScreeningError } from './errors.ts';
import { mixedScript, nearly, skeleton } from './lookalike.ts';
import { refang } from './refang.ts';

/** A name that is imitated, and the registrable domains at which it is at home. */
export interface Brand {
  name: string;
  domains: string[];
}

/** What the operator knows about hosts; all hosts in lower case. */
export interface LinkList {
  /** Hosts and their subdomains that are known to be bad. */
  bad: string[];
  /** Registrable domains that only forward. */
  shorteners: string[];
  /** Hosts that open a conversation elsewhere: wa.me, t.me. */
  chats: string[];
  /** Top-level domains that are seldom honest. */
  riskyTlds: string[];
  brands: Brand[];
  /** Words that, joined to others by a hyphen in a host, speak of a false log-in: secure, verify. */
  bait: string[];
}

/** What is notable about a link; the weights lie in `features.ts`. */
export type LinkTrait =
  | 'bad-host'
  | 'look-alike'
  | 'ip-host'
  | 'odd-host'
  | 'userinfo'
  | 'shortener'
  | 'chat'
  | 'risky-tld'
  | 'bait'
  | 'defanged';

/** A link as it stands in the text; offsets in the original, end exclusive. */
export interface Link {
  host: string;
  start: number;
  end: number;
  traits: LinkTrait[];
}

const lists = ['bad', 'shorteners', 'chats', 'riskyTlds', 'bait'] as const;

/**
 * Checks the catalogue's link list (parsed JSON).
 * @throws ScreeningError `malformed-links`
 */
export function parseLinks(file: unknown): LinkList {
  const list = file as Partial<LinkList> | null;
  for (const key of lists) {
    const hosts: unknown = list?.[key];
    if (!Array.isArray(hosts) || hosts.some((host) => typeof host !== 'string' || host !== host.toLowerCase()))
      throw new ScreeningError('malformed-links', `The link list's "${key}" must be an array of lower-case strings.`);
  }
  const brands: unknown = list?.brands;
  if (!Array.isArray(brands) || brands.some((brand: Partial<Brand>) => typeof brand.name !== 'string' || !Array.isArray(brand.domains)))
    throw new ScreeningError('malformed-links', 'The link list\'s "brands" must be an array of {name, domains}.');
  return list as LinkList;
}

/** A dot or the colon of a scheme with something before and after it; `dot` spelled out is mended before. */
const dotBetween = /(?<=[\p{L}\p{N}\]])[.:](?=[\p{L}\p{N}/[])/gu;
const mayBeDefanged = /[[({]|\sdot\s|h(?:xx|\*\*)p/iu;
const hostChar = /[\p{L}\p{N}\p{M}]/u;

/** A host is at most 253 characters (RFC 1035). */
const LONGEST_HOST = 253;

/** Endings that are also words or file types: `ok.no`, `me.to`. Without scheme, `www.` or a path such a thing is no link. */
const wordlike = new Set('no so to in is it at be am us do me id my as im la py md sh rs ps pl cc zip mov'.split(' '));

/** Endings that are believed in any case; another one with a capital (`end.Next`) is a sentence whose space is missing. */
const plainTlds = new Set('com net org com.my my sg com.sg example'.split(' '));

/** Finds and judges links, defanged ones too. Pure: nothing is looked up. */
export class LinkFinder {
  readonly #list: LinkList;
  readonly #bad: Set<string>;
  readonly #brands: { skeleton: string; domains: Set<string> }[];

  constructor(list: LinkList) {
    this.#list = list;
    this.#bad = new Set(list.bad);
    this.#brands = list.brands.map((brand) => ({ skeleton: skeleton(brand.name), domains: new Set(brand.domains) }));
  }

  /** All links, in the order of the text; linear in its length. */
  find(text: string): Link[] {
    if (!text.includes('.') && !mayBeDefanged.test(text)) return [];
    const { plain, at, changed } = mayBeDefanged.test(text) ? refang(text) : untouched(text);
    const links: Link[] = [];
    let from = 0;
    for (;;) {
      dotBetween.lastIndex = from;
      const dot = dotBetween.exec(plain)?.index;
      if (dot === undefined) return links;
      const found = this.#around(plain, dot, from);
      if (typeof found === 'number') {
        from = found;
        continue;
      }
      const traits = this.#traits(found);
      if (changed.some((place) => place >= found.start && place < found.end)) traits.push('defanged');
      links.push({ host: found.host, start: at(found.start), end: Math.min(text.length, at(found.end - 1) + 1), traits });
      from = found.end;
    }
  }

  /** The link to which this dot or colon belongs, or the offset at which to go on because there is none. */
  #around(plain: string, dot: number, floor: number): Found | number {
    const scheme = plain.startsWith('://', dot) ? /[a-z]{2,10}$/iu.exec(plain.slice(Math.max(floor, dot - 10), dot)) : null;
    if (plain[dot] === ':' && !scheme) return dot + 1;
    const authority = scheme ? dot + 3 : runBack(plain, dot, floor);
    const end = runTo(plain, authority, !scheme);
    if (end <= dot) return dot + 1;
    const slash = plain.slice(authority, end).search(/[/?#]/u);
    const authorityEnd = slash < 0 ? end : authority + slash;
    const at = plain.slice(authority, authorityEnd).lastIndexOf('@');
    const before = authority > 0 ? plain[authority - 1] : '';
    if (!scheme && (at >= 0 || before === '@')) return Math.max(dot + 1, authorityEnd);
    const host = plain
      .slice(authority + at + 1, authorityEnd)
      .replace(/:\d*$/u, '')
      .replace(/[^\p{L}\p{N}\p{M}\]]+$/u, '')
      .toLowerCase();
    const parsed = parse(host);
    const known = parsed.isIp || parsed.isIcann === true || parsed.publicSuffix === 'example';
    const next = Math.max(dot + 1, authorityEnd);
    if (!host.includes('.') || (!scheme && !known)) return next;
    const bare = !scheme && slash < 0 && !host.startsWith('www.');
    const sentence = bare && /\.\p{Lu}\p{Ll}+$/u.test(plain.slice(authority, authorityEnd)) && !plainTlds.has(parsed.publicSuffix ?? '');
    if (sentence) return next;
    if (bare && (parsed.isIp || (host.split('.').length === 2 && wordlike.has(parsed.publicSuffix ?? '') && host.length < 10))) return next;
    const start = scheme ? dot - scheme[0].length : authority;
    return {
      host,
      start,
      end: trimEnd(plain, authorityEnd, end),
      userinfo: at >= 0,
      domain: parsed.domain,
      tld: parsed.publicSuffix,
      ip: parsed.isIp === true,
    };
  }

  #traits(found: Found): LinkTrait[] {
    const traits: LinkTrait[] = [];
    const domain = found.domain ?? found.host;
    if (this.#bad.has(domain) || parents(found.host).some((host) => this.#bad.has(host))) traits.push('bad-host');
    if (found.ip) traits.push('ip-host');
    if (found.userinfo) traits.push('userinfo');
    if (this.#list.shorteners.includes(domain)) traits.push('shortener');
    if (this.#list.chats.includes(found.host) || this.#list.chats.includes(domain)) traits.push('chat');
    if (found.tld && this.#list.riskyTlds.includes(found.tld.slice(found.tld.lastIndexOf('.') + 1))) traits.push('risky-tld');
    if (found.host.split('.').some((label) => label.startsWith('xn--') || mixedScript(label))) traits.push('odd-host');
    if (this.#imitates(found.host, domain)) traits.push('look-alike');
    const labels = found.host.split(/[.-]/u);
    if (found.host.includes('-') && labels.some((label) => this.#list.bait.includes(label))) traits.push('bait');
    return traits;
  }

  #imitates(host: string, domain: string): boolean {
    const parts = host.split(/[.\-_]/u).map(skeleton);
    const joined = skeleton(host);
    return this.#brands.some(({ skeleton: name, domains }) => {
      if (domains.has(domain)) return false;
      if (parts.some((part) => part === name)) return true;
      if (name.length < 5) return false;
      return joined.includes(name) || parts.some((part) => nearly(part, name));
    });
  }
}

interface Found {
  host: string;
  start: number;
  end: number;
  userinfo: boolean;
  domain: string | null;
  tld: string | null;
  ip: boolean;
}

/** Letters of hosts that are written without a scheme: not Han or Tamil, which stand beside a link without a space. */
function isNear(code: number): boolean {
  const lower = code | 32;
  if (lower >= 97 && lower <= 122) return true;
  return (code >= 48 && code <= 57) || code === 45 || (code >= 0xc0 && code < 0x250) || (code >= 0x370 && code < 0x590);
}

const signs = (list: string): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, code) => (list.includes(String.fromCharCode(code)) ? 1 : 0));
const inNearHost = signs('.:@_');
const inHost = signs('.:@_-%[]~!$&*+');
const endsLink = signs(' \t\n\r\v\f<>"\']');
const wideEnds = '“”‘’，。！、）（》《「」；：？';

function runBack(plain: string, dot: number, floor: number): number {
  const least = Math.max(floor, dot - LONGEST_HOST);
  let start = dot;
  while (start > least) {
    const code = plain.charCodeAt(start - 1);
    if (!isNear(code) && code !== 46 && code !== 95) break;
    start -= 1;
  }
  while (start < dot && '.-_'.includes(plain.charAt(start))) start += 1;
  return start;
}

function runTo(plain: string, start: number, near: boolean): number {
  let end = start;
  let host = true;
  for (; end < plain.length; end++) {
    const code = plain.charCodeAt(end);
    if (code < 128 ? endsLink[code] === 1 : wideEnds.includes(plain.charAt(end)) || /\s/u.test(plain.charAt(end))) break;
    if (code === 47 || code === 63 || code === 35) host = false;
    else if (!host && code > 0x2e7f) break;
    if (!host) continue;
    if (end - start > LONGEST_HOST * 2) break;
    if (isNear(code) || (code < 128 && (near ? inNearHost : inHost)[code] === 1)) continue;
    if (near || code < 128 || !(hostChar.test(plain.charAt(end)) || (code >= 0xd800 && code < 0xe000))) break;
  }
  return end;
}

function trimEnd(plain: string, least: number, end: number): number {
  let last = end;
  while (last > least && /[.,;:!?)\]}*]/u.test(plain.charAt(last - 1))) last -= 1;
  while (last > 1 && last === least && /[.:]/u.test(plain.charAt(last - 1))) last -= 1;
  return last;
}

function parents(host: string): string[] {
  const labels = host.split('.');
  return labels.map((_, i) => labels.slice(i).join('.'));
}

function untouched(text: string): ReturnType<typeof refang> {
  return { plain: text, at: (offset) => offset, changed: [] };
}
