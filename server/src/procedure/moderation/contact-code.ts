import { keyedDigest } from '../../foundation/digest.ts';
import type { House } from '../house.ts';

// Without letters and digits that are taken for each other.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** What a reporter without an account comes back with: a code of eight characters (40 bits) and a PIN of six digits. */
export function contactCode(house: House): { code: string; pin: string } {
  const letters = [...house.random.bytes(8)].map((byte) => alphabet[byte % 32]).join('');
  const pin = String(house.random.bytes(4).readUInt32BE(0) % 1_000_000).padStart(6, '0');
  return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, pin };
}

/** How a contact code is found again. */
export function codeDigest(house: Pick<House, 'secret'>, code: string): string {
  return keyedDigest(house.secret, 'code', code);
}
