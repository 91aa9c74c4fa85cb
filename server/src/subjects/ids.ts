import { naturalId } from '../foundation/ids.ts';

/** Our id of a platform's account: the same for ever, known before any record, and meaningless without the installation's secret. */
export function accountId(secret: Buffer, service: string, externalId: string): string {
  return naturalId(secret, 'account', service, externalId);
}

export function itemId(secret: Buffer, service: string, kind: string, externalId: string): string {
  return naturalId(secret, 'item', service, kind, externalId);
}

/** A revision is what was said: the platform's name for it and the content itself, so that two different texts never share one snapshot. */
export function revisionId(secret: Buffer, item: string, platformRevision: string, content: string): string {
  return naturalId(secret, 'revision', item, platformRevision, content);
}
