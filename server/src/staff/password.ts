import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../foundation/http/problems.ts';
import type { Randomness } from '../foundation/randomness.ts';

// argon2id with 19 MiB, two passes, one lane: the library's default and OWASP's recommendation, written out so that an update changes nothing.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Shorter ones are refused, longer ones would only keep the machine busy. */
const passwordLength = { least: 12, most: 200 } as const;

const prepared = (password: string) => password.normalize('NFKC');

/** The PHC string (`$argon2id$…`, salted). @throws Problem `field-wrong` for one that is too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  const { length } = [...prepared(password)];
  if (length < passwordLength.least || length > passwordLength.most) {
    throw new Problem('field-wrong', `A password has ${passwordLength.least} to ${passwordLength.most} characters.`);
  }
  return hash(prepared(password), cost);
}

/** Whether it is the password behind the hash. Costs the same for every answer. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, prepared(password));
}

/** A password to be handed over once: four groups of five, 100 bits, without letters that look alike. */
export function newPassword(random: Randomness): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const drawn = [...random.bytes(20)].map((byte) => letters[byte & 31]).join('');
  return (drawn.match(/.{5}/g) ?? []).join('-');
}
