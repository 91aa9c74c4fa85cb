import { parseRules } from '@perisai/screening';
import shipped from '../../../../catalogue/rules/default.json' with { type: 'json' };
import type { Tx } from '../../foundation/db/transaction.ts';
import { append, type Spine } from '../../records/index.ts';
import * as screening from '../../screening/index.ts';
import { wholeProvider } from '../../staff/index.ts';
import { lockRules, writeRule } from './write.ts';

/** The rules that come along arrive as shadows: how often they are right on a service is for that service to see. Those it knows stay as they are. */
export async function takeShippedRules(spine: Spine, tx: Tx): Promise<void> {
  await lockRules(tx);
  const known = new Set((await screening.allRules(tx)).map(({ slug }) => slug));
  for (const { id: slug, ...rule } of parseRules(shipped).rules) {
    if (known.has(slug)) continue;
    const payload = { rule: await writeRule(spine, tx, { slug, ...rule }, null) };
    await screening.shadow(await append(spine, tx, { kind: 'rule.shadowed', service: wholeProvider, payload }));
  }
}
