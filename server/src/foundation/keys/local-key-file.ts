import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import { decrypt, encrypt } from '../seal-text.ts';
import { type KeyEncryption, KeyUnavailable } from './key-encryption.ts';

/** The file: the newest key wraps, all of them unwrap. Who has it and the key store reads everything, so it needs a copy elsewhere. */
interface KeyFile {
  version: 1;
  keys: { id: string; key: string; since: string }[];
}

const PLACE = Buffer.from('perisai data key');
const ID_BYTES = 8;

/** Opens the key file, which is created (readable by its owner only) where there is none. Two processes may do so at once. */
export function openLocalKeyFile(path: string, clock: Clock): KeyEncryption {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) create(path, clock);
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0)
    throw new KeyUnavailable(`${path} can be read by other users: chmod 600 it, and rotate the key if anybody may have.`);
  const keys = new Map(read(path).keys.map(({ id, key }) => [id, Buffer.from(key, 'base64')]));
  const [id, newest] = [...keys].at(-1) ?? [];
  if (id === undefined || newest === undefined) throw new KeyUnavailable(`${path} holds no key: bring its copy back.`);
  return {
    id,
    async wrap(dataKey) {
      return Buffer.concat([Buffer.from(id, 'hex'), encrypt(newest, dataKey, PLACE)]);
    },
    async unwrap(wrapped) {
      const wrapper = wrapped.subarray(0, ID_BYTES).toString('hex');
      const key = keys.get(wrapper);
      if (key === undefined)
        throw new KeyUnavailable(`${path} does not hold the key ${wrapper}: bring back the copy of the file that does.`);
      try {
        return decrypt(key, wrapped.subarray(ID_BYTES), PLACE);
      } catch (error) {
        throw new KeyUnavailable('A wrapped key was changed: bring back the key store from its backup.', { cause: error });
      }
    },
  };
}

/** Adds a key that wraps from the next opening on; the older ones still unwrap. The file then needs a new copy elsewhere. */
export function rotateLocalKeyFile(path: string, clock: Clock): { id: string } {
  const file = read(path);
  const key = freshKey(clock);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text({ ...file, keys: [...file.keys, key] }), { mode: 0o600, flush: true, flag: 'wx' });
  renameSync(draft, path);
  return { id: key.id };
}

/**
 * Notes that a copy of the key file lies elsewhere, after comparing the two byte for byte.
 * @throws KeyUnavailable when they differ, or when the copy is the file itself
 */
export function confirmKeyCopy(path: string, copy: string): void {
  const [own, other] = [readFileSync(path), readFileSync(copy)];
  if (statSync(path).ino === statSync(copy).ino && statSync(path).dev === statSync(copy).dev) {
    throw new KeyUnavailable(`${copy} is the key file itself: copy it to another machine or medium and name that copy.`);
  }
  if (own.length !== other.length || !timingSafeEqual(own, other))
    throw new KeyUnavailable(`${copy} is not a copy of ${path}, or an old one.`);
  writeFileSync(marker(path), fingerprint(own), { mode: 0o600, flush: true });
}

/** Whether a copy of the file as it is now was confirmed; for `doctor`. */
export function keyCopyState(path: string): 'no file' | 'unconfirmed' | 'confirmed' {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return 'no file';
  if (statSync(marker(path), { throwIfNoEntry: false }) === undefined) return 'unconfirmed';
  return readFileSync(marker(path), 'utf8') === fingerprint(readFileSync(path)) ? 'confirmed' : 'unconfirmed';
}

function marker(path: string): string {
  return `${path}.confirmed_copy`;
}

function fingerprint(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function freshKey(clock: Clock): KeyFile['keys'][number] {
  return { id: randomBytes(ID_BYTES).toString('hex'), key: randomBytes(32).toString('base64'), since: clock.now().toISOString() };
}

function create(path: string, clock: Clock): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text({ version: 1, keys: [freshKey(clock)] }), { mode: 0o600, flush: true });
  try {
    linkSync(draft, path); // never over a file that another process has made in between
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function read(path: string): KeyFile {
  return JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
}

function text(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
