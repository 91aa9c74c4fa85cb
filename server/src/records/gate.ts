/**
 * Whether this database is the one whose last leaf lies outside it. Closed from the start until the sequencer has compared, and again the
 * moment it sees a difference: then nothing is appended, nothing sealed, and `perisai doctor` says what to do.
 */
export class Gate {
  #reason: string | null = 'The log has not been compared with its anchor yet.';

  get open(): boolean {
    return this.#reason === null;
  }

  get reason(): string {
    return this.#reason ?? '';
  }

  /** The last anchored leaf is the same inside and outside. */
  pass(): void {
    this.#reason = null;
  }

  refuse(reason: string): void {
    this.#reason = reason;
  }
}
