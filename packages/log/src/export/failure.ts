/** Why an export fails, a closed list; the message says it in words. */
export type ExportErrorCode =
  | 'bad-zip'
  | 'missing-file'
  | 'unlisted-file'
  | 'bad-text'
  | 'too-long'
  | 'bad-bag'
  | 'bad-manifest'
  | 'hash-differs'
  | 'not-canonical'
  | 'bad-shape'
  | 'bad-key'
  | 'key-differs'
  | 'bad-checkpoint'
  | 'bad-signature'
  | 'not-consistent'
  | 'out-of-order'
  | 'duplicate'
  | 'not-proven'
  | 'bad-opening'
  | 'bad-media';

/** An export departs from its format: in which file (path within the bag), on which line (from 1; null where it is the whole file), and why. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportErrorCode;
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
  constructor(code: ExportErrorCode, file: string, line: number | null, reason: string) {
    super(`${file}${line === null ? '' : ` line ${line}`}: ${reason}`);
    this.code = code;
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}

/** Runs `act` and blames what it throws on this place. */
export function blame<T>(code: ExportErrorCode, file: string, line: number | null, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof ExportError || !(error instanceof Error)) throw error;
    throw new ExportError(code, file, line, error.message);
  }
}
