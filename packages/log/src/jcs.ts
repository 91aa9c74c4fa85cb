/** A JSON value of the log: numbers are integers within ±(2^53−1). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Why a value has no canonical form, or a text is not one. */
export type CanonicalErrorCode = 'not-utf8' | 'not-json' | 'not-a-value' | 'number' | 'surrogate' | 'too-deep' | 'not-canonical';

/** Thrown by `canonicalize` and `parseCanonical`. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
  readonly code: CanonicalErrorCode;
  constructor(code: CanonicalErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

// No record is this deep; without a limit a hostile line would exhaust the stack instead of being refused.
const maxDepth = 500;

/**
 * The RFC 8785 (JCS) text of a value: no white space, keys sorted by UTF-16 code units.
 * Narrower than the RFC in numbers (integers within ±(2^53−1) only) and strict in what it takes: `undefined`, dates, maps and class
 * instances are refused rather than dropped.
 * @throws {CanonicalError} `not-a-value`, `number`, `surrogate` or `too-deep`.
 */
export function canonicalize(value: unknown): string {
  return write(value, 0);
}

/**
 * Reads a text that must be its own canonical form, byte for byte: duplicate or unsorted keys, floats, unsafe integers, white space,
 * needless escapes and a byte order mark are all refused.
 * @param line the text without its line end, or its UTF-8 bytes.
 * @throws {CanonicalError}
 */
export function parseCanonical(line: string | Uint8Array): Json {
  const text = typeof line === 'string' ? line : decodeUtf8(line);
  if (text.startsWith('\uFEFF')) throw new CanonicalError('not-canonical', 'begins with a byte order mark');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new CanonicalError('not-json', `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const canonical = canonicalize(value);
  if (canonical !== text)
    throw new CanonicalError('not-canonical', `is not in canonical form from character ${firstDifference(canonical, text)} on`);
  return value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new CanonicalError('not-utf8', 'is not UTF-8');
  }
}

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return writeString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new CanonicalError('number', `holds ${value}, which is not an integer within ±(2^53−1)`);
    return String(value);
  }
  if (depth === maxDepth) throw new CanonicalError('too-deep', `is nested more than ${maxDepth} deep`);
  if (Array.isArray(value)) return writeArray(value, depth);
  if (isPlainObject(value)) return writeObject(value, depth);
  throw new CanonicalError('not-a-value', `holds a ${typeof value} that JSON has no form for`);
}

// Most texts of a log are plain; this takes a third of the time.
const plain = /^[ !#-[\]-~]*$/;

function writeString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new CanonicalError('surrogate', 'holds a lone surrogate');
  return JSON.stringify(text);
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + write(values[i], depth + 1);
  return `${text}]`;
}

function writeObject(value: Record<string, unknown>, depth: number): string {
  let text = '{';
  // The default order of sort() is by UTF-16 code units, which is the order RFC 8785 asks for.
  for (const key of Object.keys(value).sort()) text += `${(text === '{' ? '' : ',') + writeString(key)}:${write(value[key], depth + 1)}`;
  return `${text}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i + 1;
}
