import type { View } from './normalise.ts';
import type { Language } from './verdict.ts';

/**
 * Words and word parts that speak for Malay (0) or English (1). They run through the word list's automaton, so telling the language costs no
 * pass of its own. Malay and Indonesian are not told apart: nothing depends on it.
 */
export const languageMarkers: readonly (readonly string[])[] = [
  (
    'yang dan di ke dari untuk dengan ini itu saya aku awak anda kami kita mereka dia tidak tak bukan belum sudah dah akan boleh nak mahu ada ' +
    'jika kalau kerana sebab tetapi tapi atau juga lagi sahaja saja jer sangat sekali semua setiap hari minggu bulan tahun esok semalam sekarang ' +
    'apa siapa mana bila kenapa bagaimana macam berapa satu dua tiga rumah orang anak duit wang harga kerja makan minum pergi datang balik ' +
    'tolong terima kasih selamat sila jangan mesti perlu hanya dalam luar atas bawah depan pada oleh bagi telah sedang pun lah kah nya kat ' +
    'kau engkau gila susah senang rasa tadi masuk malam pagi petang punya banyak sikit cepat lambat boleh mak ayah kedai sekolah jalan kereta ' +
    'dgn utk yg xde blh sbb klu camne mcm korang diorang cikgu encik puan tuan abang kakak adik jom meh ni tu kena suka cantik baru lama ' +
    'peng* peny* meng* meny* memb* memp* berk* berl* dipe* terj* terb* *nya *kan *kannya *lah *kah *annya *angan *akan'
  ).split(' '),
  (
    'the and of to in is are was were be been being have has had do does did will would can could should shall may might must not no ' +
    'i you he she we they me him her us them my your his our their its this that these those what which who when where why how ' +
    'a an for with from by at on as if but or so than then there here just only very too also about into over after before again ' +
    'get got go going come know think want need like good great time day today tomorrow week month year people please thanks thank yes ' +
    'hey hello hi ok okay dont cant wont im ive ill u ur r lol love call text send now free new all any some more most out up down off ' +
    '*ing *tion *ness *ment *ould *ght th* wh* *ally *ough'
  ).split(' '),
];

/**
 * The language of a folded text by script and, for Latin letters, by its votes (ms, en). `mixed` when two languages each have a fair part;
 * `unknown` when there is nothing to go by. Romanised Tamil and Jawi are `unknown`.
 * @param inLinks letters that stand in links and speak for no language
 */
export function identify(view: View, votes: Int32Array, inLinks: number): Language | 'mixed' | 'unknown' {
  // A Han character says about as much as three Latin letters; a Tamil letter is two code units with its sign.
  const parts = { han: view.han * 3, tamil: view.tamil * 1.5, latin: Math.max(0, view.latin - inLinks), other: view.other * 2 };
  const total = parts.han + parts.tamil + parts.latin + parts.other;
  if (total === 0) return 'unknown';
  const fair = total * 0.25;
  const present = [parts.han, parts.tamil, parts.latin].filter((part) => part >= fair);
  if (parts.other >= fair) return present.length > 0 ? 'mixed' : 'unknown';
  if (present.length > 1) return 'mixed';
  if (parts.han >= fair) return 'zh';
  if (parts.tamil >= fair) return 'ta';
  const ms = votes[0] as number;
  const en = votes[1] as number;
  if (ms + en === 0) return 'unknown';
  if (ms >= 2 && en >= 2 && Math.min(ms, en) * 2 > Math.max(ms, en)) return 'mixed';
  if (ms === en) return 'mixed';
  return ms > en ? 'ms' : 'en';
}
