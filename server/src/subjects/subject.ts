import type { Language } from '../foundation/i18n/language.ts';

/** An app or site of the provider. */
export interface Service {
  readonly slug: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly webhookUrl: string | null;
}

/** A place in a service, with its legal profile: on private messaging nothing is screened unless the operator turned it on. */
export interface Surface {
  readonly slug: string;
  readonly type: 'public-feed' | 'private-message';
  readonly private: 'yes' | 'no' | 'grey';
  readonly screening: boolean;
}

/** A person's account on the platform; gone once *profile* is erased. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly externalId: string;
  readonly handle: string | null;
  readonly language: Language | null;
}

/** A content item; author and external id are null once the author's *evidence* is erased. */
export interface Item {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly surface: string;
  readonly externalId: string | null;
  readonly author: string | null;
}

/** What an item said at a time; `record` is the sealed snapshot. */
export interface Revision {
  readonly id: string;
  readonly item: string;
  readonly platformRevision: string;
  readonly seenAt: Date;
  readonly record: string;
}

/** What an account may be known by. */
export const identifierKinds = ['device', 'email', 'phone', 'payment'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];
