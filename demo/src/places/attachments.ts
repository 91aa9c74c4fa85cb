/**
 * Drawings that can be hung on a post, and files for drills: Warung takes no pictures from people. The drill's file is the harmless text
 * that stands in Perisai's test bank of hashes; with it everybody can see what happens to material that is known by its hash.
 */
interface Attachment {
  type: string;
  bytes: Buffer;
}

const drawing = (shapes: string): Attachment => ({
  type: 'image/svg+xml',
  bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180">${shapes}</svg>`),
});
const text = (words: string): Attachment => ({ type: 'text/plain', bytes: Buffer.from(`${words}\n`) });

const attachments = {
  cup: drawing(
    '<rect width="320" height="180" fill="#f3e7d7"/><path d="M90 60h120v50a40 40 0 0 1-40 40h-40a40 40 0 0 1-40-40zm120 12h16a26 26 0 0 1 0 52h-18" fill="none" stroke="#87430c" stroke-width="12"/>',
  ),
  portrait: drawing(
    '<rect width="320" height="180" fill="#e7f2fc"/><circle cx="160" cy="70" r="34" fill="#3a6283"/><path d="M90 170a70 60 0 0 1 140 0z" fill="#3a6283"/>',
  ),
  'altered-video': text('warung drill file: altered video 1'),
  'drill-csam': text('perisai marker file: csam test bank entry 1'),
} as const;

export type AttachmentName = keyof typeof attachments;
export const attachmentNames = Object.keys(attachments) as AttachmentName[];

/** The file of that name; null where there is none. */
export function attachment(name: string): Attachment | null {
  return Object.hasOwn(attachments, name) ? attachments[name as AttachmentName] : null;
}
