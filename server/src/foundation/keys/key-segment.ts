import { crc32 } from 'node:zlib';

/** One key as it lies in a segment: `handle,wrapped,check\n`, handle and wrapped key in base64, check the CRC-32 of `handle,wrapped` in hex: against torn writes, not against malice. */
export interface Row {
  handle: string;
  wrapped: Buffer;
  /** In bytes from the beginning of the segment. */
  offset: number;
  /** As it lies there, without the end of line. */
  line: string;
}

/** Longest row, from the promise that a wrapped key has at most 1,000 bytes. */
export const LONGEST_ROW = 1_500;

export function rowText(handle: string, wrapped: Buffer): string {
  const head = `${handle},${wrapped.toString('base64')}`;
  return `${head},${check(head)}`;
}

function check(head: string): string {
  return crc32(head).toString(16).padStart(8, '0');
}

/** A line as row; null when it is torn or was changed. */
export function parseRow(line: string, offset: number): Row | null {
  const end = line.lastIndexOf(',');
  const head = line.slice(0, end);
  const [handle, wrapped, more] = head.split(',');
  if (handle === undefined || wrapped === undefined || more !== undefined || line.slice(end + 1) !== check(head)) return null;
  return { handle, wrapped: Buffer.from(wrapped, 'base64'), offset, line };
}

/** The rows of a segment, and the places of what is none. A last line without its end is torn even if it looks whole. */
export function parseSegment(bytes: Buffer): { rows: Row[]; torn: { offset: number; length: number }[] } {
  const rows: Row[] = [];
  const torn: { offset: number; length: number }[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = bytes.indexOf(0x0a, offset);
    const line = bytes.toString('latin1', offset, end === -1 ? bytes.length : end);
    const row = end === -1 ? null : parseRow(line, offset);
    if (row === null) torn.push({ offset, length: (end === -1 ? bytes.length : end + 1) - offset });
    else rows.push(row);
    offset += line.length + 1;
  }
  return { rows, torn };
}
