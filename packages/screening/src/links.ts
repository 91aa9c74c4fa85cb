import { parse } from 'tldts';
import { foldCode, SPACE } from './codepoints.ts';
import { latinTwin } from './confusables.ts';
import { ScreeningError } from './errors.ts';

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

const mayHoldLink =
  /[a-z\d\p{L}][.\u{FF0E}\u{3002}][a-z\d\p{L}]|:\/\/|\[\s?(?:\.|dot)\s?\]|\(\s?(?:\.|dot)\s?\)|\{\s?(?:\.|dot)\s?\}|\sdot\s/iu;
const defang = /h(?:xx|\*\*)p(?=s?:)|\[:\]|\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?|\sdot\s(?=[a-z]{2,10}\b)|[\u{FF0E}\u{2024}]/giu;
const dotBetween = /(?<=[\p{L}\p{N}\]])[.:](?=[\p{L}\p{N}/[])/u;
const hostChar = /[\p{L}\p{N}\p{M}\-_]/u;
const nearChar = /[a-z\d\-\u{370}-\u{58F}\u{C0}-\u{24F}]/iu;

/** Endings that are also words or file types: `ok.no`, `me.to`. Without scheme, `www.` or a path such a thing is no link. */
const wordlike = new Set([
  'no',
  'so',
  'to',
  'in',
  'is',
  'it',
  'at',
  'be',
  'am',
  'us',
  'do',
  'me',
  'id',
  'my',
  'as',
  'im',
  'la',
  'py',
  'md',
  'sh',
  'rs',
  'ps',
  'pl',
  'cc',
  'zip',
  'mov',
]);

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

  /** All links, in the order of the text. */
  find(text: string): Link[] {
    if (!mayHoldLink.test(text)) return [];
    const { plain, at, changed } = refang(text);
    const links: Link[] = [];
    let from = 0;
    while (from < plain.length) {
      const rest = plain.slice(from).search(dotBetween);
      if (rest < 0) break;
      const found = this.#around(plain, from + rest, from);
      if (!found) {
        from += rest + 1;
        continue;
      }
      const traits = this.#traits(found);
      if (changed.some((place) => place >= found.start && place < found.end)) traits.push('defanged');
      links.push({ host: found.host, start: at(found.start), end: Math.min(text.length, at(found.end - 1) + 1), traits });
      from = found.end;
    }
    return links;
  }

  #around(plain: string, dot: number, floor: number): Found | null {
    const scheme = plain.slice(dot, dot + 3) === '://' ? /[a-z]{2,10}$/iu.exec(plain.slice(Math.max(floor, dot - 10), dot)) : null;
    if (plain[dot] === ':' && !scheme) return null;
    const authority = scheme ? dot + 3 : runBack(plain, dot, floor);
    const end = runTo(plain, authority, /[\s<>"'“”‘’，。！、）（》《\]]/u, !scheme);
    if (end <= authority) return null;
    const slash = plain.slice(authority, end).search(/[/?#]/u);
    const authorityEnd = slash < 0 ? end : authority + slash;
    const at = plain.slice(authority, authorityEnd).lastIndexOf('@');
    const before = authority > 0 ? plain[authority - 1] : '';
    if (!scheme && (at >= 0 || before === '@')) return null;
    const host = plain
      .slice(authority + at + 1, authorityEnd)
      .replace(/:\d*$/u, '')
      .replace(/\.+$/u, '')
      .toLowerCase();
    const parsed = parse(host);
    const known = parsed.isIp || parsed.isIcann === true || parsed.publicSuffix === 'example';
    if (!host.includes('.') || (!scheme && !known)) return null;
    const bare = !scheme && slash < 0 && !host.startsWith('www.');
    if (bare && (parsed.isIp || (host.split('.').length === 2 && wordlike.has(parsed.publicSuffix ?? '') && host.length < 10))) return null;
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

function runBack(plain: string, dot: number, floor: number): number {
  let start = dot;
  while (start > floor && (nearChar.test(plain.charAt(start - 1)) || plain[start - 1] === '.' || plain[start - 1] === '_')) start -= 1;
  while (start < dot && /[.\-_]/u.test(plain.charAt(start))) start += 1;
  return start;
}

function runTo(plain: string, start: number, stop: RegExp, near: boolean): number {
  let end = start;
  let inHost = true;
  while (end < plain.length && !stop.test(plain.charAt(end))) {
    const char = plain.charAt(end);
    if (/[/?#]/u.test(char)) inHost = false;
    if (inHost && near && !nearChar.test(char) && !/[.:@_]/u.test(char)) break;
    if (inHost && !near && !hostChar.test(char) && !/[.:@%[\]~!$&*+]/u.test(char) && char < '\u{d800}') break;
    end += 1;
  }
  return end;
}

function trimEnd(plain: string, least: number, end: number): number {
  let last = end;
  while (last > least && /[.,;:!?)\]}*]/u.test(plain.charAt(last - 1))) last -= 1;
  while (last > 1 && last === least && /[.:]/u.test(plain.charAt(last - 1))) last -= 1;
  return last;
}

/** Undoes defanging; `at` maps an offset back, `changed` holds the offsets (in the plain text) that were mended. */
function refang(text: string): { plain: string; at: (offset: number) => number; changed: number[] } {
  const pieces: { plain: number; original: number }[] = [];
  let plain = '';
  let last = 0;
  for (const match of text.matchAll(defang)) {
    plain += text.slice(last, match.index);
    pieces.push({ plain: plain.length, original: match.index });
    plain += /^h/iu.test(match[0]) ? 'http' : match[0] === '[:]' ? ':' : '.';
    last = match.index + match[0].length;
    pieces.push({ plain: plain.length, original: last });
  }
  if (last === 0) return { plain: text, at: (offset) => offset, changed: [] };
  plain += text.slice(last);
  const at = (offset: number): number => {
    const piece = pieces.findLast((one) => one.plain <= offset);
    return piece ? Math.min(text.length, piece.original + offset - piece.plain) : offset;
  };
  return { plain, at, changed: pieces.filter((_, i) => i % 2 === 0).map((piece) => piece.plain) };
}

function parents(host: string): string[] {
  const labels = host.split('.');
  return labels.map((_, i) => labels.slice(i).join('.'));
}

function mixedScript(label: string): boolean {
  return /[a-z]/u.test(label) && /[\u{370}-\u{58F}]/u.test(label);
}

/** Letters and digits that look alike become one: 0 o, 1 l i, rn m, vv w, and imitations from other scripts. */
function skeleton(name: string): string {
  let letters = '';
  for (const char of name.toLowerCase()) {
    const code = foldCode(char.codePointAt(0) ?? SPACE);
    if (code > SPACE) letters += String.fromCharCode(latinTwin(code) || code);
  }
  return letters
    .replace(/rn/gu, 'm')
    .replace(/vv/gu, 'w')
    .replace(/0/gu, 'o')
    .replace(/[1i]/gu, 'l')
    .replace(/3/gu, 'e')
    .replace(/5/gu, 's')
    .replace(/4/gu, 'a');
}

/** One edit apart (left out, added, replaced, two neighbours swapped), for names of at least five letters. */
function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  if (a.slice(i + 1) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) || a.slice(i) === b.slice(i + 1)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
