import type { Engine } from '@perisai/screening';
import type { Database } from '../../foundation/db/transaction.ts';
import type { Log } from '../../foundation/log.ts';
import { repeat } from '../../foundation/repeat.ts';
import * as policy from '../../policy/index.ts';
import { type Kind, nextOfKinds, treeSize } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';

const kinds: readonly Kind[] = ['rule.shadowed', 'rule.proposed', 'rule.made-live', 'rule.switched-off', 'rule.braked'];

/** Keeps this process's engine at the rules in force. */
export interface RuleFeed {
  /** Hears what the log says of rules since the last look; the engine has it when this resolves. */
  look(): Promise<void>;
  /** Takes the rules as they are now, whatever the log has heard. */
  reload(): Promise<void>;
  /** Since when that version counts; undefined where it does not, as far as this process knows. */
  liveSince(slug: string, version: string): Date | undefined;
}

/**
 * Every process that screens follows the log by itself, in its order, so that a change of the rules needs no restart and none is passed over.
 * What is committed and not yet laid into the log is heard a beat later, and then taken again.
 */
export function ruleFeed({
  db,
  engine,
  counter,
  log,
}: {
  db: Database;
  engine: Engine;
  counter: screening.RuleCounter;
  log: Log;
}): RuleFeed {
  let next: number | null = null;
  let live: readonly screening.Rule[] = [];

  async function take(from: (tx: Parameters<Parameters<Database['begin']>[1]>[0]) => Promise<boolean>): Promise<void> {
    const rules = await db.begin('jobs', async (tx) => ((await from(tx)) ? screening.allRules(tx) : null));
    if (rules === null) return;
    const tried = screening.forEngine(rules);
    try {
      engine.useRules({ version: `sha256.${policy.digestOf(tried).slice(0, 16)}`, rules: tried });
    } catch (error) {
      // The rules before stay in force; each was checked when it was written, so this is a defect of ours.
      log.error({ err: error }, 'the rules in force could not be taken');
      return;
    }
    live = rules.filter(({ state }) => state === 'live');
    counter.restart();
  }

  return {
    look: () =>
      take(async (tx) => {
        if (next === null) {
          next = await treeSize(tx);
          return true;
        }
        let changed = false;
        for (;;) {
          const { hit, end } = await nextOfKinds(tx, next, kinds);
          const moved: number = hit ? hit.index + 1 : end;
          changed ||= hit !== undefined;
          if (moved === next) return changed;
          next = moved;
        }
      }),
    reload: () => take(async () => true),
    liveSince: (slug, version) => live.find((rule) => rule.slug === slug && rule.version === version)?.since,
  };
}

/** Follows the log until told to stop. A failure is noted, and the next look hears the same again. */
export function followRules(feed: RuleFeed, log: Log): () => Promise<void> {
  return repeat(() => feed.look(), { every: 1_000, failed: (err) => log.error({ err }, 'the rules could not be looked at') });
}
