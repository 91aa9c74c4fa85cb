import type { Link, LinkFinder, LinkTrait } from './links.ts';
import type { Harm } from './verdict.ts';

/** Something that is no word: a link, a number to call, a sum. It plays a part in a scam as an entry of the word list does. */
export interface Feature {
  id: string;
  harm: Harm;
  clause: string;
  group: string;
  weight: number;
  start: number;
  end: number;
}

const traits: Record<LinkTrait, { weight: number; group: string }> = {
  'bad-host': { weight: 900_000, group: 'bad-host' },
  'look-alike': { weight: 550_000, group: 'look-alike' },
  'ip-host': { weight: 300_000, group: 'odd-link' },
  'odd-host': { weight: 350_000, group: 'odd-link' },
  userinfo: { weight: 300_000, group: 'odd-link' },
  shortener: { weight: 150_000, group: 'odd-link' },
  'risky-tld': { weight: 200_000, group: 'risky-tld' },
  bait: { weight: 300_000, group: 'bait' },
  chat: { weight: 150_000, group: 'contact' },
  // Careful people defang a bad link to warn others: by itself it says nothing.
  defanged: { weight: 0, group: 'defanged' },
};

interface Rule {
  id: string;
  group: string;
  weight: number;
  clause: string;
  expression: RegExp;
}

const rule = (id: string, group: string, weight: number, clause: string, expression: RegExp): Rule => ({
  id,
  group,
  weight,
  clause,
  expression,
});

/** Only tried on texts that hold a digit. Each quantifier is bounded, so that no text costs more than its length. */
const rules: readonly Rule[] = [
  rule(
    'phone',
    'contact',
    100_000,
    'scam.phishing',
    /(?<![\d.,])(?:\+?6?0\d{1,2}[-\s]?\d{3,4}[-\s]?\d{3,4}|\+\d{2,3}[-\s]?\d{7,11}|0\d{9,10}|\+?6[05]\d{8,10})(?![\d])/gu,
  ),
  rule(
    'service-number',
    'premium',
    350_000,
    'scam.prize',
    /(?<!\d)(?:0?(?:8[47]|9[01]|87[0-3]|90[0-9])\d?[-\s]?\d{3,4}[-\s]?\d{3,5}|1[-\s]?[39]00[-\s]?\d{2}[-\s]?\d{4})(?!\d)/gu,
  ),
  rule(
    'short-code',
    'premium',
    300_000,
    'scam.prize',
    /\b(?:txt|text|send|sms|reply|hantar|taip|balas|call|to|at|ke|on)\s{1,2}(?:[A-Za-z]{2,12}\s(?:to|at|ke)\s)?[1-9]\d{4}(?![\d.,-])\b/giu,
  ),
  rule(
    'premium-rate',
    'premium',
    450_000,
    'scam.prize',
    /(?:£|rm|\$)?\s?\d{1,3}(?:[.,]\d{1,2})?\s?(?:p|ppm|sen|pm)?\s?(?:\/|per\s|a\s|se)\s?(?:min|msg|text|txt|wk|week|mesej|sms|tone)\b|\b\d{1,3}(?:\.\d{2})?\s?(?:ppm|p\s?(?:\/|per|a)\s?(?:min|msg|tone|text)|pp?m|pobox)\b|\b(?:25|50|60|75|100|150)\s?p\b/giu,
  ),
  rule(
    'reference-code',
    'reference',
    200_000,
    'scam.prize',
    /\b(?:claim\s?code|code|ref|box|po\s?box|c2|entry\scode)\s?[:#]?\s?[a-z]{0,3}\d{2,8}[a-z\d]{0,6}\b/giu,
  ),
  rule(
    'sum',
    'sum',
    120_000,
    'scam.prize',
    /(?:£|\$|€|¥|\brm\s?|\busd\s?|\bmyr\s?|₹)\s?\d[\d,.]{0,14}(?:k|\d|\s?(?:juta|million|ribu|万))?|\d[\d,.]{0,12}\s?(?:ringgit|pounds?\b|元|令吉|万元|ரிங்கிட்|马币)/giu,
  ),
  rule(
    'promised-return',
    'return',
    400_000,
    'scam.investment',
    /(?<!\d)(?:[1-9]\d|[1-9]\d{2,3})\s?%\s{0,2}(?:(?:\p{L}+\s){0,3}(?:sehari|seminggu|sebulan|daily|weekly|monthly|return|returns|profit|roi|untung|pulangan|a\s(?:day|week|month)|per\s(?:day|week|month)|guaranteed|dijamin|dalam)|(?:回报|收益|利润|月|日|周|லாபம்|வருமானம்))|(?:untung|pulangan|profit|returns?|roi|收益|回报|利润|லாபம்|வருமானம்)\p{L}{0,4}\s?(?:率|of|sehingga|up\sto|高达|达)?\s?[1-9]\d{1,3}\s?%/giu,
  ),
  rule(
    'quick-multiple',
    'return',
    300_000,
    'scam.investment',
    /(?:rm|\$|usd)\s?\d[\d,.]{1,9}\s?(?:jadi|menjadi|to|into|becomes?|=|->|→|变|变成|dapat)\s?(?:rm|\$|usd)\s?\d[\d,.]{2,9}/giu,
  ),
];

const digit = /\d/u;
const shouted = /\b[A-Z]{4,}\b/gu;

/** Length-preserving: full-width digits and signs become ASCII, so that offsets hold. */
function halfWidth(text: string): string {
  return /[\u{FF01}-\u{FF5E}]/u.test(text)
    ? text.replace(/[\u{FF01}-\u{FF5E}]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    : text;
}

/** Links, numbers to call, short codes, premium rates, sums and promised returns of one text. */
export function findFeatures(original: string, finder: LinkFinder): Feature[] {
  const text = halfWidth(original);
  const features: Feature[] = [];
  for (const link of finder.find(text)) addLink(link, features);
  if (digit.test(text)) {
    for (const { id, group, weight, clause, expression } of rules)
      for (const match of text.matchAll(expression))
        features.push({ id, harm: 'scam', clause, group, weight, start: match.index, end: match.index + match[0].length });
  }
  let loud = 0;
  for (const match of text.matchAll(shouted)) {
    loud += 1;
    if (loud === 3)
      features.push({
        id: 'shouting',
        harm: 'scam',
        clause: 'scam.prize',
        group: 'shouting',
        weight: 100_000,
        start: match.index,
        end: match.index + match[0].length,
      });
  }
  return features;
}

function addLink(link: Link, features: Feature[]): void {
  const at = { harm: 'scam' as const, clause: 'scam.phishing', start: link.start, end: link.end };
  features.push({ ...at, id: 'link', group: 'contact', weight: 120_000 });
  for (const trait of link.traits) features.push({ ...at, id: `link-${trait}`, group: traits[trait].group, weight: traits[trait].weight });
}
