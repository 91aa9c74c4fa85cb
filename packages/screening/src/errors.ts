/** Every way in which the engine refuses its input. */
export type ScreeningErrorCode =
  | 'malformed-hash'
  | 'unknown-bank'
  | 'malformed-bank'
  | 'malformed-lexicon'
  | 'malformed-links'
  | 'malformed-rules';

/** The engine's only error class; `code` is stable, the message says what to do. */
export class ScreeningError extends Error {
  override readonly name = 'ScreeningError';
  readonly code: ScreeningErrorCode;

  constructor(code: ScreeningErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
