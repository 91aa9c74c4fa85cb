/**
 * The second view: what a text would say if its disguises were letters. It is matched beside the first view and never instead of it, because
 * the same signs are honest in prices, numbers and links. Built only when the first pass saw something that looks like a disguise.
 */

const leet: Record<string, string> = { '4': 'a', '@': 'a', '0': 'o', '3': 'e', '5': 's', $: 's', '7': 't', '1': 'i', '!': 'i', '|': 'i' };
const hasLeet = /[\p{L}][\d@$!|]+|[\d@$!|]+[\p{L}]/u;
const number = /^(?:rm|usd|sgd|s\$|us\$|[$£€¥])?\d[\d.,:/%+-]*(?:[a-z]{0,2}|mins?|hrs?|sen|gms?|kcal|ppm)[.,!?]*$/iu;
const link = /:\/\/|\.[a-z]{2,}(?:[/?:]|$)|@[\w-]+\.|^@/iu;

/** One grapheme that may stand alone: a letter of a script with case-like words, with its marks. */
const grapheme = /^[\p{L}\p{N}]\p{M}*$/u;
const space = /\s/u;
const han = /\p{Script=Han}/u;
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** What may stand between letters that belong together. A full stop of Chinese, a new sentence, a bracket may not. */
const thinGap = /^(?:[ \t.\-_*|/·・,+~'"`\\:;=^#]|[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\u{FE0F}|\u{200D})+$/u;
const pictures = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\u{FE0F}|\u{200D})+$/u;

/** A text with the offset in the original of each of its code units, and whether that unit stood alone before (no word boundary is known there). */
export interface Undisguised {
  text: string;
  origins: Int32Array;
  loose: Uint8Array;
}

/** UTF-16 units read on each side of a disguise, so that a phrase with one disguised word is seen whole. */
const AROUND = 80;

/**
 * Maps leet signs in words to letters and joins letters that were set apart, in the part of `text` from the first suspect place to the last
 * and a little around it. Answers null when nothing changed.
 * @param one what the digit 1 stands for in this reading: `i` or `l`
 */
export function undisguise(text: string, suspectFrom: number, suspectTo: number, one: 'i' | 'l'): Undisguised | null {
  let base = Math.max(0, suspectFrom - AROUND);
  let end = Math.min(text.length, suspectTo + AROUND);
  while (base > 0 && !space.test(text.charAt(base - 1))) base -= 1;
  while (end < text.length && !space.test(text.charAt(end))) end += 1;
  const original = text.slice(base, end);
  const mapped = unleet(original, one);
  const out = new Joiner(base, original.length);
  let previous: { end: number; lone: boolean; han: boolean } | null = null;
  const words = [...mapped.matchAll(word)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    lone: match[0].length < 12 && grapheme.test(match[0]),
    han: han.test(match[0]),
  }));
  const runs = loneRuns(words, mapped);
  let changed = mapped !== original;
  words.forEach((current, i) => {
    if (previous) {
      const gap = mapped.slice(previous.end, current.start);
      const inRun = runs[i] === 1 && runs[i - 1] === 1;
      const together =
        (inRun && gap.trim().length <= 1 && gap.length === 1) || (previous.han && current.han && thinGap.test(gap)) || pictures.test(gap);
      if (together) changed = true;
      else out.put(' ', previous.end, 0);
    }
    for (let at = current.start; at < current.end; at++) out.put(mapped.charAt(at), at, runs[i] === 1 ? 1 : 0);
    previous = current;
  });
  return changed ? out.done() : null;
}

class Joiner {
  #text = '';
  readonly #base: number;
  readonly #origins: Int32Array;
  readonly #loose: Uint8Array;
  #length = 0;

  constructor(base: number, size: number) {
    this.#base = base;
    this.#origins = new Int32Array(size * 2 + 2);
    this.#loose = new Uint8Array(base + size + 2);
  }

  put(char: string, origin: number, loose: number): void {
    this.#text += char;
    this.#origins[this.#length] = this.#base + origin;
    this.#loose[this.#base + origin] = loose;
    this.#length += 1;
  }

  done(): Undisguised {
    return { text: this.#text, origins: this.#origins, loose: this.#loose };
  }
}

/** 1 for each word that is one of at least three lone graphemes in a row, thinly apart. */
function loneRuns(words: readonly { start: number; end: number; lone: boolean }[], text: string): Uint8Array {
  const runs = new Uint8Array(words.length);
  let from = 0;
  for (let i = 0; i <= words.length; i++) {
    const current = words[i];
    const before = words[i - 1];
    const goesOn = current?.lone && (i === from || (before && thinGap.test(text.slice(before.end, current.start))));
    if (goesOn) continue;
    if (i - from >= 3) runs.fill(1, from, i);
    from = current?.lone ? i : i + 1;
  }
  return runs;
}

/** Same length as the original, so that offsets hold. */
function unleet(original: string, one: 'i' | 'l'): string {
  if (!hasLeet.test(original)) return original;
  return original.replace(/\S+/gu, (token) => {
    if (!hasLeet.test(token) || number.test(token) || link.test(token)) return token;
    const body = token.replace(/[!|.,?]+$/u, '');
    const read = body.replace(/[\d@$!|]/gu, (sign) => (sign === '1' || sign === '!' || sign === '|' ? one : (leet[sign] ?? sign)));
    return read + token.slice(body.length);
  });
}
