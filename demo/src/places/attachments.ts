import { readFileSync } from 'node:fs';
import { png } from './png.ts';

/**
 * Drawings that can be hung on a post, and files for drills: Warung takes no pictures from people. The drill's file is the harmless text
 * that stands in Perisai's test bank of hashes; with it everybody can see what happens to material that is known by its hash.
 */
interface Attachment {
  type: string;
  bytes: Buffer;
}

const drawing = (at: Parameters<typeof png>[2]): Attachment => ({ type: 'image/png', bytes: png(320, 180, at) });
const text = (words: string): Attachment => ({ type: 'text/plain', bytes: Buffer.from(`${words}\n`) });

const attachments = {
  cup: drawing((x, y) => {
    const inside = x >= 90 && x <= 210 && y >= 60 && y <= 150 && (y <= 110 || Math.abs(x - 150) + (y - 110) <= 60);
    const handle = Math.hypot(x - 210, y - 98);
    return inside || (x > 210 && handle >= 20 && handle <= 32) ? [0x87, 0x43, 0x0c] : [0xf3, 0xe7, 0xd7];
  }),
  portrait: drawing((x, y) => {
    const head = Math.hypot(x - 160, y - 70) <= 34;
    const shoulders = y >= 110 && y <= 170 && Math.hypot((x - 160) / 70, (y - 170) / 60) <= 1;
    return head || shoulders ? [0x3a, 0x62, 0x83] : [0xe7, 0xf2, 0xfc];
  }),
  // A dot that moves, two seconds long.
  'altered-video': { type: 'video/webm', bytes: readFileSync(new URL('altered-video.webm', import.meta.url)) },
  'drill-csam': text('perisai marker file: csam test bank entry 1'),
} as const;

export type AttachmentName = keyof typeof attachments;
export const attachmentNames = Object.keys(attachments) as AttachmentName[];

/** The file of that name; null where there is none. */
export function attachment(name: string): Attachment | null {
  return Object.hasOwn(attachments, name) ? attachments[name as AttachmentName] : null;
}
