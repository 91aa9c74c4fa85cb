import type { FieldError } from '../../foundation/html/error-summary.ts';
import type { Resemblance } from '../../procedure/returning/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Material } from '../../views/material.ts';
import type { BundleRead, Suggestion } from '../../views/similar.ts';
import type { BundlePreview } from './bundle-shares.ts';
import type { Preview } from './follows.ts';
import type { Extent } from './measures.ts';

/** What somebody filled in before the page came back. */
export interface Typed extends Extent {
  /** The report that was to be dismissed, on which ground and why. */
  readonly report?: string;
  readonly ground?: string;
  readonly because?: string;
  readonly determination?: string;
  readonly clause?: string;
  readonly reason?: string;
  readonly measure?: string;
  readonly lessened?: string;
  /** Of a bundle: what is decided otherwise, and whose account is spared, each with the case. */
  readonly except?: readonly string[];
  readonly less?: readonly string[];
}

export interface CaseShown {
  readonly typed?: Typed;
  readonly errors?: readonly FieldError[];
  readonly preview?: Preview | null;
  readonly resembling?: readonly Resemblance[];
  readonly alike?: readonly Suggestion[];
}

/** A bundle, by the case that leads it. */
export interface BundleAbout {
  readonly case: CaseRead;
  readonly bundle: BundleRead;
  /** By case: what each of it that is not guarded showed. */
  readonly files: ReadonlyMap<string, Material>;
}

export interface BundleShown {
  readonly typed?: Typed;
  readonly errors?: readonly FieldError[];
  readonly preview?: BundlePreview | null;
}
