/** Standard padded base64 (RFC 4648 §4) of the bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * The bytes behind a padded base64 text, or `null` where the text is not the one form those bytes have: wrong alphabet, missing padding,
 * pad bits that are not zero, or (where `length` is given) another number of bytes.
 */
export function decodeBase64(text: string, length?: number): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  // Buffer skips what it does not know; writing the bytes again is what makes it strict.
  if (bytes.toString('base64') !== text) return null;
  return length !== undefined && bytes.length !== length ? null : bytes;
}
