/**
 * Aho–Corasick over typed arrays (Aho and Corasick 1975). States are numbered breadth first with the children of a state side by side and
 * sorted by code unit, so that a step is a short search in a few neighbouring bytes; the root steps by a table of all code units.
 * Built once, read-only; `scan` keeps its answer in the automaton, so it serves one caller at a time.
 */
export class Automaton {
  /** After `scan`: pairs (pattern, end offset exclusive), in order of the end. */
  matches = new Int32Array(256);
  readonly #label: Uint16Array;
  readonly #first: Int32Array;
  readonly #count: Uint16Array;
  readonly #fail: Int32Array;
  /** The pattern that ends in a state, or -1; `#shorter` leads to the next shorter one that ends here too, or 0. */
  readonly #ends: Int32Array;
  readonly #shorter: Int32Array;
  readonly #root = new Int32Array(65_536);

  /** @param patterns distinct, non-empty sequences of code units */
  constructor(patterns: readonly (readonly number[])[]) {
    const children: Map<number, number>[] = [new Map()];
    const ends: number[] = [-1];
    patterns.forEach((pattern, index) => {
      let state = 0;
      for (const code of pattern) {
        const known = children[state]?.get(code);
        if (known !== undefined) {
          state = known;
          continue;
        }
        children[state]?.set(code, children.length);
        state = children.length;
        children.push(new Map());
        ends.push(-1);
      }
      ends[state] = index;
    });
    const size = children.length;
    this.#label = new Uint16Array(size);
    this.#first = new Int32Array(size);
    this.#count = new Uint16Array(size);
    this.#fail = new Int32Array(size);
    this.#ends = new Int32Array(size).fill(-1);
    this.#shorter = new Int32Array(size);
    this.#number(children, ends);
    this.#link(size);
  }

  #number(children: readonly Map<number, number>[], ends: readonly number[]): void {
    const order = [0];
    for (let state = 0; state < order.length; state++) {
      const drafted = order[state] as number;
      this.#ends[state] = ends[drafted] as number;
      const edges = [...(children[drafted] ?? [])].sort((a, b) => a[0] - b[0]);
      this.#first[state] = order.length;
      this.#count[state] = edges.length;
      for (const [code, child] of edges) {
        this.#label[order.length] = code;
        if (state === 0) this.#root[code] = order.length;
        order.push(child);
      }
    }
  }

  #link(size: number): void {
    for (let state = 0; state < size; state++) {
      const first = this.#first[state] as number;
      const end = first + (this.#count[state] as number);
      for (let child = first; child < end; child++) {
        const fail = state === 0 ? 0 : this.#step(this.#fail[state] as number, this.#label[child] as number);
        this.#fail[child] = fail;
        this.#shorter[child] = (this.#ends[fail] as number) >= 0 ? fail : (this.#shorter[fail] as number);
      }
    }
  }

  #step(from: number, code: number): number {
    let state = from;
    while (state !== 0) {
      const child = this.#child(state, code);
      if (child !== 0) return child;
      state = this.#fail[state] as number;
    }
    return this.#root[code] as number;
  }

  #child(state: number, code: number): number {
    let low = this.#first[state] as number;
    let high = low + (this.#count[state] as number);
    while (high - low > 8) {
      const middle = (low + high) >> 1;
      if ((this.#label[middle] as number) <= code) low = middle;
      else high = middle;
    }
    for (; low < high; low++) if (this.#label[low] === code) return low;
    return 0;
  }

  /** Finds all occurrences, overlapping ones too, in one pass; answers how many pairs now stand in `matches`. */
  scan(codes: Uint16Array, length: number): number {
    let state = 0;
    let found = 0;
    const ends = this.#ends;
    const shorter = this.#shorter;
    for (let i = 0; i < length; i++) {
      state = this.#step(state, codes[i] as number);
      let output = (ends[state] as number) >= 0 ? state : (shorter[state] as number);
      while (output !== 0) {
        if (found * 2 + 2 > this.matches.length) this.#grow();
        this.matches[found * 2] = ends[output] as number;
        this.matches[found * 2 + 1] = i + 1;
        found += 1;
        output = shorter[output] as number;
      }
    }
    return found;
  }

  #grow(): void {
    const wider = new Int32Array(this.matches.length * 2);
    wider.set(this.matches);
    this.matches = wider;
  }
}
