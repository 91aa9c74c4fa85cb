import type { Engine } from '@perisai/screening';
import type { Mailer } from '../foundation/mail/mailer.ts';
import type { Spine } from '../records/index.ts';
import type { RuleCounter, ScreeningCounter } from '../screening/index.ts';
import type { SecretWrapping } from '../staff/index.ts';
import type { Surface } from '../subjects/index.ts';
import type { RuleFeed } from './rules/feed.ts';

/** What the steps of the procedure need beside the spine. */
export interface House extends Spine {
  readonly engine: Engine;
  readonly counter: ScreeningCounter;
  readonly ruleCounter: RuleCounter;
  /** Keeps the engine at the rules in force. */
  readonly ruleFeed: RuleFeed;
  /** Surfaces by service and slug, from memory: screening asks for one an item. */
  readonly surfaces: { of(service: string, slug: string): Promise<Surface | undefined> };
  /** Where the public pages and the API are reached from outside, without a slash at the end. */
  readonly publicUrl: string;
  /** How long a moderator holds a case, in minutes. */
  readonly leaseMinutes: number;
  /** How long a decision that hides nothing waits so that it can be undone, in seconds; 0: not at all. At most 30. */
  readonly undoSeconds: number;
  /** More targets than this at once need a second person. */
  readonly bulkAbove: number;
  /** Seals small secrets (webhooks, TOTP) under the operator's key-encryption key. */
  readonly keyEncryption: SecretWrapping;
  /** Sends e-mail; null where no mail server is set. */
  readonly mail: Mailer | null;
  /** Where the regulator takes receipts of its instructions by e-mail; null where they are printed or read. */
  readonly regulator: string | null;
  /** Something was laid into the outbox and may leave now. */
  readonly nudgeOutbox: () => void;
}
