import { staffTexts } from '../../foundation/i18n/texts.ts';
import type * as policy from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import type { Visit } from '../frame.ts';

const words = staffTexts({
  ms: { hidden: 'Tidak ditunjukkan kepada peranan anda' },
  en: { hidden: 'Not shown to your role' },
});

/** What a decision about an account tells of: its clause, and the harm of its case. */
interface Told {
  readonly clause: string | null;
  readonly harm: string | undefined;
}

/**
 * What stands instead of clause, harm and case where that is child abuse material, and whoever reads sees no such case: an account has decisions of
 * every lane, and those of its page are not fewer than those of a case. Null: they may read it.
 */
export function hiddenFrom(
  { member, language }: Pick<Visit, 'member' | 'language'>,
  guidelines: Pick<policy.Policy, 'clauseOf'>,
  { clause, harm }: Told,
): string | null {
  const harms = [harm, clause === null ? undefined : guidelines.clauseOf(clause)?.harm];
  const sees = may(member, 'case.view', { type: 'case', harm: 'csam' }).allowed;
  return harms.includes('csam') && !sees ? words(language)('hidden') : null;
}
