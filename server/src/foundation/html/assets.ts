import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array;
}

function read(...names: readonly string[]): Uint8Array {
  return Buffer.concat(names.map((name) => readFileSync(new URL(name, import.meta.url))));
}

function named(name: string, extension: string, type: string, bytes: Uint8Array): readonly [string, Asset] {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return [`/assets/${name}-${hash}.${extension}`, { type, bytes }];
}

const base = named('base', 'css', 'text/css; charset=utf-8', read('tokens.css', 'common.css', 'base.css'));
const desk = named('desk', 'css', 'text/css; charset=utf-8', read('tokens.css', 'common.css', 'desk.css'));
const favicon = named('favicon', 'svg', 'image/svg+xml', read('favicon.svg'));

/** What pages need beside themselves, by path. A path holds the hash of its bytes: serve with `Cache-Control: public, max-age=31536000, immutable`. */
export const assets: ReadonlyMap<string, Asset> = new Map([base, desk, favicon]);

/** Where the public sheet, the staff sheet and the icon lie. */
export const paths = { base: base[0], desk: desk[0], favicon: favicon[0] } as const;
