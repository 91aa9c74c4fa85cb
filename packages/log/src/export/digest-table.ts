import { sha256 } from '../merkle.ts';

const taken = 0xffff_ffff;
const words = 5;

/**
 * Texts with a line number each, kept as the first 16 bytes of their SHA-256: 40 to 80 bytes a text, where a Map of strings takes several
 * times as much. Nobody finds two texts with the same 16 bytes and a use for them here.
 */
export class DigestTable {
  #slots = new Uint32Array(1024 * words);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a text. Gives the line that it was added with before, or null where it is new. */
  add(text: string, line: number): number | null {
    if (this.#size * 2 >= this.#slots.length / words) this.#grow();
    const key = digest(text);
    const at = find(this.#slots, key);
    const before = this.#slots[at + 4] as number;
    if (before !== 0) return before;
    this.#slots.set(key, at);
    this.#slots[at + 4] = line;
    this.#size++;
    return null;
  }

  /** Marks a text as met, if it is there. */
  take(text: string): void {
    const at = find(this.#slots, digest(text));
    if (this.#slots[at + 4] !== 0) this.#slots[at + 4] = taken;
  }

  /** The lowest line of a text that was never taken, or null. */
  firstLeft(): number | null {
    let first = taken;
    for (let at = 4; at < this.#slots.length; at += words) {
      const line = this.#slots[at] as number;
      if (line !== 0 && line < first) first = line;
    }
    return first === taken ? null : first;
  }

  #grow(): void {
    const grown = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += words) {
      if (this.#slots[at + 4] === 0) continue;
      const slot = this.#slots.subarray(at, at + words);
      grown.set(slot, find(grown, slot));
    }
    this.#slots = grown;
  }
}

function digest(text: string): Uint32Array {
  const bytes = sha256(text);
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 16));
}

/** Where the key stands, or the free slot where it would. */
function find(slots: Uint32Array, key: Uint32Array): number {
  const count = slots.length / words;
  for (let slot = (key[0] as number) % count; ; slot = (slot + 1) % count) {
    const at = slot * words;
    if (slots[at + 4] === 0) return at;
    if (slots[at] === key[0] && slots[at + 1] === key[1] && slots[at + 2] === key[2] && slots[at + 3] === key[3]) return at;
  }
}
