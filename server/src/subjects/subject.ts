import type { Language } from '../foundation/i18n/language.ts';

/** An app or site of the provider. */
export interface Service {
  readonly slug: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly webhookUrl: string | null;
  /** How many webhooks a second it takes, and how many at once after a pause. */
  readonly perSecond: number;
  readonly atOnce: number;
}

/** What a place in a service can be. */
export const surfaceTypes = ['public-feed', 'group', 'channel', 'private-message', 'live', 'ad', 'search', 'recommender'] as const;
export type SurfaceType = (typeof surfaceTypes)[number];

/** A place in a service, with its legal profile: on private messaging nothing is screened unless the operator turned it on. */
export interface Surface {
  readonly slug: string;
  readonly type: SurfaceType;
  readonly private: 'yes' | 'no' | 'grey';
  readonly screening: boolean;
}

/** What a platform may say of somebody's age. */
export const ageBands = ['under-13', '13-17', 'adult'] as const;
export type AgeBand = (typeof ageBands)[number];

/** A person's account on the platform; gone once *profile* is erased. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly externalId: string;
  readonly handle: string | null;
  readonly language: Language | null;
  /** Null where the platform has not said. */
  readonly ageBand: AgeBand | null;
}

/** Whether somebody is known to be under 18: whose age nobody knows is dealt with as an adult. */
export function isChild(account: Pick<Account, 'ageBand'> | undefined): boolean {
  return account?.ageBand === 'under-13' || account?.ageBand === '13-17';
}

/** What a content item can be. */
export const itemKinds = [
  'post',
  'comment',
  'message',
  'profile',
  'group',
  'channel',
  'live',
  'ad',
  'suggestion',
  'recommendation',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** A kind of item that a service defined: handled as one of ours, with fields by its own JSON Schema. */
export interface OwnKind {
  readonly service: string;
  readonly kind: string;
  readonly as: ItemKind;
  readonly schema: string;
  readonly digest: string;
}

/** A content item; author and external id are null once the author's *evidence* is erased. */
export interface Item {
  readonly id: string;
  readonly service: string;
  /** One of ours: what can be done to it, and what protects people from it. */
  readonly kind: string;
  /** What the service calls that kind: ours, or one of its own. */
  readonly called: string;
  readonly surface: string;
  readonly externalId: string | null;
  readonly author: string | null;
}

/** What an item said at a time; `record` is the sealed snapshot. */
export interface Revision {
  readonly id: string;
  readonly item: string;
  readonly platformRevision: string;
  /** When it came here. */
  readonly seenAt: Date;
  /** When the platform took it, as the platform says; null where it doesn't. */
  readonly datedAt: Date | null;
  /** Whether every file of it is kept. */
  readonly complete: boolean;
  readonly record: string;
}

/** The day of what was said, by whose guidelines it is judged: when the platform took it, and never later than when it came here. */
export function contentDate({ datedAt, seenAt }: Pick<Revision, 'datedAt' | 'seenAt'>): Date {
  return datedAt !== null && datedAt < seenAt ? datedAt : seenAt;
}

/** What a revision is called of which nothing was handed in. */
export const unseenRevision = 'unseen';

/** What an account may be known by. */
export const identifierKinds = ['device', 'email', 'phone', 'payment', 'network'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];
