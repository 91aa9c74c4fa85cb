import { readFile } from 'node:fs/promises';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null where the bytes are no UTF-8. */
  readonly text: string | null;
}

const newLine = 0x0a;

/** The lines of a file, each decoded by itself, so that a broken one takes no other with it. Without line ends and byte order mark. */
export async function readLines(path: string): Promise<Line[]> {
  const bytes = await readFile(path);
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(newLine, from);
    const end = found === -1 ? bytes.length : found;
    lines.push({ number: lines.length + 1, text: decode(bytes.subarray(from, end)) });
    from = end + 1;
  }
  return lines;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r$/, '');
  } catch {
    // Not an error of ours: the row is counted and named as unreadable.
    return null;
  }
}

/** Longest text that the door takes. */
const longest = 20_000;

/** Why a text can't be screened; null where it can. */
export function textFault(text: string): string | null {
  if (text.trim() === '') return 'its text is empty';
  if (text.length > longest) return `its text has ${text.length} characters, more than the ${longest} that are taken`;
  return null;
}
