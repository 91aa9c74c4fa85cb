/** The words that collections use for *this should not be shown* and for *nothing is wrong with it*. */
const positive = new Set(['spam', 'hateful', 'hate', 'offensive', 'abusive', 'toxic', 'scam', 'smishing', 'harmful', '1', 'true', 'yes']);
const negative = new Set([
  'ham',
  'non-hateful',
  'non-hate',
  'non-offensive',
  'not offensive',
  'normal',
  'clean',
  'safe',
  '0',
  'false',
  'no',
  'none',
]);

/** Whether a label says that something is wrong; null where it says neither. */
export function readLabel(word: string): boolean | null {
  const known = word.trim().toLowerCase();
  if (positive.has(known)) return true;
  return negative.has(known) ? false : null;
}
