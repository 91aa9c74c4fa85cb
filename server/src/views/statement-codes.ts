import type { Harm } from '@perisai/screening';
import type { DesiredState } from '../enforcement/questions.ts';
import * as policy from '../policy/questions.ts';

/*
 * Our words in those of the DSA's transparency database (formats.md). Our own harm, clause and determination stay what is decided by; these
 * are derived from them.
 */

export const visibilities = ['REMOVED', 'DISABLED', 'DEMOTED', 'AGE_RESTRICTED', 'INTERACTION_RESTRICTED', 'LABELLED', 'OTHER'] as const;
export const provisions = ['PARTIAL_SUSPENSION', 'TOTAL_SUSPENSION', 'PARTIAL_TERMINATION', 'TOTAL_TERMINATION'] as const;
export const accountDecisions = ['SUSPENDED', 'TERMINATED'] as const;
export const sources = ['SOURCE_ARTICLE_16', 'SOURCE_TRUSTED_FLAGGER', 'SOURCE_TYPE_OTHER_NOTIFICATION', 'SOURCE_VOLUNTARY'] as const;
export const contentTypes = [
  'CONTENT_TYPE_TEXT',
  'CONTENT_TYPE_IMAGE',
  'CONTENT_TYPE_VIDEO',
  'CONTENT_TYPE_AUDIO',
  'CONTENT_TYPE_SYNTHETIC_MEDIA',
  'CONTENT_TYPE_OTHER',
] as const;
export type ContentType = (typeof contentTypes)[number];
export type Source = (typeof sources)[number];

interface Restriction {
  readonly visibility?: (typeof visibilities)[number];
  /** What `OTHER` stands for. */
  readonly other?: string;
  readonly provision?: (typeof provisions)[number];
  readonly account?: (typeof accountDecisions)[number];
}

/** What a measure restricts; empty where it restricts nothing. */
export const restrictions: Readonly<Record<DesiredState, Restriction>> = {
  visible: {},
  active: {},
  removed: { visibility: 'REMOVED' },
  inaccessible: { visibility: 'DISABLED' },
  disabled: { visibility: 'DISABLED' },
  interrupted: { visibility: 'DISABLED' },
  labelled: { visibility: 'LABELLED' },
  demoted: { visibility: 'DEMOTED' },
  delisted: { visibility: 'DEMOTED' },
  'not-recommended': { visibility: 'DEMOTED' },
  'age-gated': { visibility: 'AGE_RESTRICTED' },
  limited: { visibility: 'INTERACTION_RESTRICTED' },
  warned: { visibility: 'OTHER', other: 'The account was warned; nothing of it is restricted.' },
  reprimanded: { visibility: 'OTHER', other: 'The account was reprimanded; nothing of it is restricted.' },
  restricted: { provision: 'PARTIAL_SUSPENSION' },
  suspended: { account: 'SUSPENDED' },
  terminated: { account: 'TERMINATED' },
};

export interface Filed {
  readonly category: string;
  /** Where reporters named more than one. */
  readonly addition: readonly string[];
  /** Keywords. */
  readonly specification: readonly string[];
}

/**
 * How a clause is filed: by the reasons that lead to it and that reporters named; where nobody named one, by what all of them have in common,
 * and else by the harm.
 */
export function filed(harm: Harm, clause: string | null, named: readonly string[]): Filed {
  const fitting = policy.allReasons.filter((reason) => reason.clause === clause && reason.harm === harm);
  const meant = fitting.filter(({ id }) => named.includes(id));
  const seen = meant.length > 0 ? meant : fitting;
  const categories = [...new Set(seen.map(({ dsa }) => dsa.category))];
  const keywords = [...new Set(seen.map(({ dsa }) => dsa.keyword ?? null))];
  const general = policy.harmEntry(harm).dsa;
  if (meant.length === 0)
    return {
      category: categories.length === 1 ? (categories[0] as string) : general,
      addition: [],
      specification: keywords.length === 1 && keywords[0] != null ? [keywords[0]] : [],
    };
  const worst = (policy.worstReason(meant.map(({ id }) => id)) as policy.Reason).dsa.category;
  return {
    category: worst,
    addition: categories.filter((category) => category !== worst),
    specification: keywords.filter((keyword) => keyword !== null),
  };
}

/** What an item consisted of, as far as it was kept. `OTHER` says that it is a thing of that kind, or that what it said is gone. */
export function contentTypesOf(
  kind: string,
  said: { readonly text: string | null; readonly media: readonly { readonly type: string | null }[] | null } | null,
  synthetic: boolean,
): { readonly types: readonly ContentType[]; readonly other: string | null } {
  const media = (said?.media ?? []).flatMap(({ type }): ContentType[] => {
    const [family] = (type ?? '').split('/');
    return family === 'image' || family === 'video' || family === 'audio' ? [`CONTENT_TYPE_${family.toUpperCase() as 'IMAGE'}`] : [];
  });
  const parts = [...new Set<ContentType>([...(said?.text ? (['CONTENT_TYPE_TEXT'] as const) : []), ...media])];
  const made = synthetic && media.length > 0 ? (['CONTENT_TYPE_SYNTHETIC_MEDIA'] as const) : [];
  const plain = kind === 'post' || kind === 'comment' || kind === 'message';
  const other = plain && parts.length > 0 ? null : kind;
  return { types: [...parts, ...made, ...(other === null ? [] : (['CONTENT_TYPE_OTHER'] as const))], other };
}
