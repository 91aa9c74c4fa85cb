/** Where a row begins. */
export interface Place {
  segment: number;
  offset: number;
}

const EMPTY = 0;
const GONE = 0xffff_ffff;

/**
 * From handle to place, 16 bytes an entry: open addressing over typed arrays, so that millions of keys fit beside the rest of the process.
 * It keeps the first eight bytes of the handle only: places are candidates, which the caller compares with the row.
 */
export class HandleIndex {
  #words = new Uint32Array(4 * 1024);
  #capacity = 1024;
  #used = 0;

  /** Places whose handle begins like this one: almost always none or one. */
  candidates(handle: Buffer): Place[] {
    const [high, low] = [handle.readUInt32LE(0), handle.readUInt32LE(4)];
    const found: Place[] = [];
    for (let slot = low % this.#capacity; ; slot = (slot + 1) % this.#capacity) {
      const at = slot * 4;
      const segment = this.#words[at + 2] as number;
      if (segment === EMPTY) return found;
      if (segment !== GONE && this.#words[at] === high && this.#words[at + 1] === low)
        found.push({ segment, offset: this.#words[at + 3] as number });
    }
  }

  /** @param place its segment begins with 1 */
  add(handle: Buffer, { segment, offset }: Place): void {
    if (this.#used * 2 >= this.#capacity) this.#grow();
    this.#put(handle.readUInt32LE(0), handle.readUInt32LE(4), segment, offset);
  }

  /** A row has moved within its segment, or is gone (null). */
  move(handle: Buffer, { segment, offset }: Place, to: number | null): void {
    for (let slot = handle.readUInt32LE(4) % this.#capacity; this.#words[slot * 4 + 2] !== EMPTY; slot = (slot + 1) % this.#capacity) {
      const at = slot * 4;
      if (this.#words[at + 2] !== segment || this.#words[at + 3] !== offset) continue;
      if (to === null) this.#words[at + 2] = GONE;
      else this.#words[at + 3] = to;
      return;
    }
  }

  #put(high: number, low: number, segment: number, offset: number): void {
    let slot = low % this.#capacity;
    while (this.#words[slot * 4 + 2] !== EMPTY) slot = (slot + 1) % this.#capacity;
    this.#words.set([high, low, segment, offset], slot * 4);
    this.#used += 1;
  }

  #grow(): void {
    const old = this.#words;
    let living = 0;
    for (let at = 2; at < old.length; at += 4) if (old[at] !== EMPTY && old[at] !== GONE) living += 1;
    // what is gone takes room until now: with many of those the same size will do
    if (living * 4 >= this.#capacity) this.#capacity *= 2;
    this.#words = new Uint32Array(4 * this.#capacity);
    this.#used = 0;
    for (let at = 0; at < old.length; at += 4) {
      const [high, low, segment, offset] = old.subarray(at, at + 4) as unknown as [number, number, number, number];
      if (segment !== EMPTY && segment !== GONE) this.#put(high, low, segment, offset);
    }
  }
}
