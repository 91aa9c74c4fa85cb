import { simplified } from './han.ts';

/** Values below 32 in a folded text or table are no letters. */
export const SPACE = 32;
const UNKNOWN = 0;
export const DROP = 1;
export const BREAK = 2;
export const PICTURE = 3;
const MANY = 4;

const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}/u;
const inheritedMark = /(?=\p{M})\p{Script=Inherited}/gu;
const letter = /^[\p{L}\p{N}\p{M}]$/u;
const picture = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u;

/** Letters that NFKD leaves alone though they are drawn like a Latin one, and belong to no script that users of the four languages write. */
const drawnAsLatin = new Map(
  [...'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgıiłløođdħhʟlƅbɩi'].reduce<[string, string][]>((pairs, char, i, all) => {
    if (i % 2 === 0) pairs.push([char, all[i + 1] ?? char]);
    return pairs;
  }, []),
);

const single = new Uint16Array(65_536);
const several = new Map<number, number[]>();

/** Negative squared and circled capitals, regional indicators: letters in a picture's clothes, unknown to NFKD. */
function enclosed(code: number): string | undefined {
  for (const first of [0x1f150, 0x1f170, 0x1f1e6]) if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first);
  return undefined;
}

function foldOne(code: number): number[] {
  const char = String.fromCodePoint(code);
  if (invisible.test(char)) return [DROP];
  const letters = enclosed(code) ?? char.toLowerCase().normalize('NFKD').toLowerCase().replace(inheritedMark, '');
  if (letters === '') return [DROP];
  const out: number[] = [];
  for (const part of letters) {
    if (!letter.test(part)) {
      out.push(picture.test(part) ? PICTURE : BREAK);
      continue;
    }
    const plain = simplified(drawnAsLatin.get(part) ?? part);
    for (let i = 0; i < plain.length; i++) out.push(plain.charCodeAt(i));
  }
  return out;
}

/**
 * Folds one code point: NFKD, lower case, without marks that belong to no script of their own (Tamil's vowel signs and pulli do, and stay),
 * Traditional to Simplified where the word list needs it. Answers one code unit, or DROP, BREAK, PICTURE, or -1: then see `foldedSeveral`.
 * Tables fill themselves on first use.
 */
export function foldCode(code: number): number {
  if (code > 0xffff) {
    const known = several.get(code) ?? remember(code);
    return known.length === 1 ? (known[0] as number) : -1;
  }
  const known = single[code] as number;
  if (known !== UNKNOWN) return known === MANY ? -1 : known;
  const folded = foldOne(code);
  if (folded.length === 1) {
    single[code] = folded[0] as number;
    return folded[0] as number;
  }
  several.set(code, folded);
  single[code] = MANY;
  return -1;
}

/** Bounded, because a caller chooses the text: beyond the Han planes there is little that is worth remembering. */
function remember(code: number): number[] {
  const folded = foldOne(code);
  if (several.size < 20_000) several.set(code, folded);
  return folded;
}

/** The code units of a code point that folds into more than one. */
export function foldedSeveral(code: number): readonly number[] {
  return several.get(code) ?? foldOne(code);
}

const NONE = 0;
export const LATIN = 1;
const TAMIL = 2;
export const HAN = 3;
const OTHER = 4;

/** The script of a folded code unit; digits count as Latin, because they share words with it. */
export function scriptOf(code: number): number {
  if (code <= SPACE) return NONE;
  if (code < 0x250) return LATIN;
  if (code >= 0xb80 && code < 0xc00) return TAMIL;
  if ((code >= 0x3400 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00) || (code >= 0xd840 && code < 0xe000)) return HAN;
  return OTHER;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
