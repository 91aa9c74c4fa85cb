/** Cyrillic, Greek and Armenian small letters drawn like a Latin one. Real words in those scripts are never touched: see `latinise`. */
const pairs: Record<string, string> = {
  a: 'аα',
  b: 'ьβ',
  c: 'сϲ',
  d: 'ԁժ',
  e: 'еєε',
  f: 'ғ',
  g: 'ցԍ',
  h: 'һհн',
  i: 'іιї',
  j: 'јϳ',
  k: 'кκ',
  l: 'ӏլ',
  m: 'м',
  n: 'ոпη',
  o: 'оοօσ',
  p: 'рρ',
  q: 'ԛզ',
  r: 'г',
  s: 'ѕտ',
  t: 'тτ',
  u: 'սυ',
  v: 'ѵν',
  w: 'ԝшωա',
  x: 'хχ',
  y: 'уγү',
};

const toLatin = new Map<number, number>();
for (const [latin, twins] of Object.entries(pairs)) for (const twin of twins) toLatin.set(twin.charCodeAt(0), latin.charCodeAt(0));

/** The Latin letter that this code unit imitates, or 0. */
export function latinTwin(code: number): number {
  if (code < 0x370 || code > 0x58f) return 0;
  return toLatin.get(code) ?? 0;
}
