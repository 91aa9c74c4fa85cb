import { half, isOdd, isTreeSize, nodeHash, sameBytes } from './merkle.ts';

/** What an inclusion proof claims: `leaf` (a leaf hash) stands at `index` of the tree of `size` leaves with this root. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether an inclusion proof holds: RFC 9162 §2.1.3.2. For many of one tree, keep an `InclusionVerifier`. */
export function verifyInclusion({ index, size, leaf, proof, root }: InclusionClaim): boolean {
  return new InclusionVerifier(size, root).holds(index, leaf, proof);
}

/** A node on the way from a leaf to the root, before the sibling of the same place in the proof is taken in. */
interface Step {
  readonly fn: number;
  readonly sn: number;
  readonly node: Uint8Array;
}

/**
 * Verifies inclusion proofs of one tree. Remembers the way of the last proof that held: where the next one comes to a node on it with the
 * same siblings still to come, the rest is known to lead to the root. Neighbours so cost two hashes instead of twenty.
 */
export class InclusionVerifier {
  readonly #size: number;
  readonly #root: Uint8Array;
  #way: Step[] = [];
  #proof: readonly Uint8Array[] = [];

  constructor(size: number, root: Uint8Array) {
    this.#size = size;
    this.#root = root;
  }

  /** Whether this leaf hash stands at this index, by this proof. */
  holds(index: number, leaf: Uint8Array, proof: readonly Uint8Array[]): boolean {
    const holds = this.#follow(index, leaf, proof);
    this.#proof = proof;
    // The way was overwritten as far as this proof went, so after a bad one nothing on it is known.
    if (!holds) this.#way = [];
    return holds;
  }

  #follow(index: number, leaf: Uint8Array, proof: readonly Uint8Array[]): boolean {
    if (!isTreeSize(index) || !isTreeSize(this.#size) || index >= this.#size) return false;
    let fn = index;
    let sn = this.#size - 1;
    let node = leaf;
    for (const [i, sibling] of proof.entries()) {
      if (sn === 0) return false;
      const known = this.#way[i];
      if (known?.fn === fn && known.sn === sn && sameBytes(known.node, node) && this.#restIsKnown(proof, i)) return true;
      this.#way[i] = { fn, sn, node };
      if (isOdd(fn) || fn === sn) {
        node = nodeHash(sibling, node);
        while (!isOdd(fn) && fn !== 0) {
          fn = half(fn);
          sn = half(sn);
        }
      } else {
        node = nodeHash(node, sibling);
      }
      fn = half(fn);
      sn = half(sn);
    }
    return sn === 0 && sameBytes(node, this.#root);
  }

  #restIsKnown(proof: readonly Uint8Array[], from: number): boolean {
    if (proof.length !== this.#proof.length) return false;
    for (let i = from; i < proof.length; i++) {
      const [a, b] = [proof[i] as Uint8Array, this.#proof[i] as Uint8Array];
      if (a !== b && !sameBytes(a, b)) return false;
    }
    return true;
  }
}
