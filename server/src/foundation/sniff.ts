/** The types that are shown on a page, in a browser, beside what is said about them. Nothing that can run: no SVG, no HTML, no PDF. */
const picture = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'] as const;
const video = ['video/mp4', 'video/webm'] as const;
const sound = ['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/mp4'] as const;
export type ShownType = (typeof picture)[number] | (typeof video)[number] | (typeof sound)[number];

/** What a file of that type is to a person. */
export function mediumOf(type: ShownType): 'picture' | 'video' | 'sound' {
  return type.startsWith('image/') ? 'picture' : type.startsWith('video/') ? 'video' : 'sound';
}

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);
const begins = (bytes: Buffer, ...values: number[]) => values.every((value, at) => bytes[at] === value);

/** ISO base media: the brand says what is in the box. */
function brand(bytes: Buffer): ShownType | null {
  const major = ascii(bytes, 8, 12);
  if (major === 'avif' || major === 'avis') return 'image/avif';
  if (major === 'M4A ' || major === 'M4B ') return 'audio/mp4';
  return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp[4-9])$/.test(major) ? 'video/mp4' : null;
}

/** A frame of layer III: eleven bits set, a version, a layer, and a bit rate and a sampling rate that exist. */
function isMp3Frame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}

/**
 * What a file is by its own bytes, whatever it was said to be; null where it is nothing that is shown on a page. What begins like a picture and
 * goes on as something else is served as that picture and as nothing else.
 */
export function sniff(bytes: Buffer): ShownType | null {
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'image/gif';
  if (ascii(bytes, 0, 4) === 'RIFF') return ({ WEBP: 'image/webp', WAVE: 'audio/wav' } as const)[ascii(bytes, 8, 12)] ?? null;
  if (ascii(bytes, 4, 8) === 'ftyp') return brand(bytes);
  // Matroska is the same container; of the two only WebM is played.
  if (begins(bytes, 0x1a, 0x45, 0xdf, 0xa3)) return ascii(bytes, 0, 64).includes('webm') ? 'video/webm' : null;
  if (ascii(bytes, 0, 4) === 'OggS') return 'audio/ogg';
  return ascii(bytes, 0, 3) === 'ID3' || isMp3Frame(bytes) ? 'audio/mpeg' : null;
}
