const bytes = 500;
/** What stands for something that may name a person. */
const hidden = '…';

/** E-mail addresses, handles, and runs of digits as phone and identity card numbers have them; times and our own ids are none. */
const personal = [/[\w.+-]+@[\w-]+(\.[\w-]+)+/gu, /(?<![\w/])@[\p{L}\p{N}_.]{2,}/gu, /\+?(?<![\w-])\d[\d -]{6,}\d(?![\w-])/gu];
/** Fields of a message that say what is asked, never of whom. */
const ours = new Set(
  'type timestamp action target_seq do label desired decision clause temporary expires_at acknowledge notice report appeal role language kind surface'.split(
    ' ',
  ),
);

/**
 * The first 500 bytes of what a receiver answered, for the delivery log: enough to see why it refused, without personal data. A receiver may
 * repeat what it was sent, so every value of the message is taken out, but for those that only say what is asked (`ours`); then whatever looks
 * like an address, a handle or a number of a person.
 */
export function excerptOf(answer: string, sent: string): string | null {
  let text = answer;
  for (const value of values(sent))
    text = value.length > 2 ? text.replaceAll(value, hidden) : text.replaceAll(JSON.stringify(value), JSON.stringify(hidden));
  for (const pattern of personal) text = text.replaceAll(pattern, hidden);
  // Cut by bytes, and what the cut has broken falls away. No NUL: PostgreSQL keeps none.
  const cut = new TextDecoder().decode(Buffer.from(text.replaceAll('\0', '')).subarray(0, bytes)).replace(/\uFFFD+$/, '');
  return cut === '' ? null : cut;
}

/** Every text of a message that may say something of a person, the longest first, as it is and as JSON writes it. */
function values(sent: string): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && value !== '') {
      for (const text of [value, ...value.split('\n\n')]) found.add(text).add(JSON.stringify(text).slice(1, -1));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) if (typeof one === 'object' || !ours.has(name)) walk(one);
    }
  };
  walk(JSON.parse(sent));
  return [...found].filter((text) => text !== '').sort((a, b) => b.length - a.length);
}
