import { BREAK, DROP, foldCode, foldedSeveral, HAN, isDigit, LATIN, PICTURE, SPACE, scriptOf } from './codepoints.ts';
import { latinTwin } from './confusables.ts';

export const normaliserVersion = '1';

/**
 * A text as the automaton reads it: lower-case letters and digits, one space between words, doubled Latin letters written once.
 * `origin[i]` is the UTF-16 offset in the source of the character that gave `codes[i]`. Only the first `length` places hold anything.
 */
export class View {
  codes = new Uint16Array(1024);
  origin = new Int32Array(1024);
  length = 0;
  /** Letters and code units seen, by script. */
  latin = 0;
  han = 0;
  tamil = 0;
  other = 0;
  digits = 0;
  /** From the first to the last place in the source where something may be disguised (leet, spaced-out or interrupted words); -1: nowhere. */
  suspectFrom = -1;
  suspectTo = -1;

  suspect(at: number): void {
    if (this.suspectFrom < 0) this.suspectFrom = at;
    this.suspectTo = at;
  }

  reserve(size: number): void {
    if (size <= this.codes.length) return;
    const room = Math.max(size, this.codes.length * 2);
    const codes = new Uint16Array(room);
    const origin = new Int32Array(room);
    codes.set(this.codes.subarray(0, this.length));
    origin.set(this.origin.subarray(0, this.length));
    this.codes = codes;
    this.origin = origin;
  }
}

/** ASCII: the folded code, or 0 for a break, or DROP for an apostrophe (don't = dont). */
const ascii = new Uint8Array(128);
for (let c = 48; c <= 57; c++) ascii[c] = c;
for (let c = 97; c <= 122; c++) ascii[c] = ascii[c - 32] = c;
ascii[39] = DROP;
ascii[96] = DROP;

/** Characters that stand for a letter inside a word: @ $ ! |. */
const leetSign = new Uint8Array(128);
for (const char of '@$!|') leetSign[char.charCodeAt(0)] = 1;

const CJK_STOP = /[、。，！？；：「」『』《》（）…—\n\r]/;

/**
 * Folds `text` into `view`, in one pass; the view's old content is lost. Never throws, lone surrogates included.
 * @param origins when `text` was itself derived: the offset in the original of each of its code units
 */
export function fold(text: string, view: View, origins?: Int32Array): View {
  view.length = 0;
  view.latin = view.han = view.tamil = view.other = view.digits = 0;
  view.suspectFrom = view.suspectTo = -1;
  view.reserve(text.length + 8);
  let wordStart = 0;
  let mixable = false;
  let lone = 0;
  let before = 0;
  let breakAt = 0;
  let pictures = 0;
  for (let i = 0; i < text.length; i++) {
    const raw = text.charCodeAt(i);
    const at = origins ? (origins[i] as number) : i;
    let code: number;
    let width = 1;
    if (raw < 128) {
      code = ascii[raw] as number;
      if (code === 0) code = BREAK;
      // A letter beside a digit or a sign: 4hadiah, w@ng.
      else if (code >= 97 && (before === 1 || before === 2)) view.suspect(at);
      if (code !== BREAK && code !== DROP && isDigit(code) && before === 3) view.suspect(at);
      if (code === BREAK && leetSign[raw] === 1) before = 1;
      else before = code >= 97 ? 3 : isDigit(code) ? 2 : code === DROP ? before : 0;
    } else {
      const point = text.codePointAt(i) as number;
      if (point > 0xffff) width = 2;
      code = foldCode(point);
      before = code > 96 && code < 123 ? 3 : code === DROP ? before : 0;
      if (code === -1) {
        const parts = foldedSeveral(point);
        view.reserve(view.length + parts.length + text.length - i + 8);
        for (const part of parts) {
          if (part === BREAK || part === PICTURE) space(view, at);
          else if (part !== DROP) letterAt(view, part, at);
        }
        i += width - 1;
        continue;
      }
      if (latinTwin(code) !== 0) mixable = true;
    }
    if (code === DROP) {
      i += width - 1;
      continue;
    }
    if (code === BREAK || code === PICTURE) {
      const open = view.length > 0 && view.codes[view.length - 1] !== SPACE;
      if (open) {
        if (mixable) latinise(view, wordStart);
        const size = view.length - wordStart;
        lone = size === 1 || (size <= 3 && scriptOf(view.codes[wordStart] as number) !== LATIN) ? lone + 1 : 0;
        if (lone >= 3) view.suspect(at);
        breakAt = i;
        pictures = 0;
        space(view, at);
        mixable = false;
        wordStart = view.length;
      }
      if (code === PICTURE) pictures += 1;
    } else {
      if (view.length === wordStart && view.length > 1 && breakAt !== -1) {
        const previous = scriptOf(view.codes[view.length - 2] as number);
        if (previous === HAN && scriptOf(code) === HAN && !CJK_STOP.test(text.slice(breakAt, i))) view.suspect(at);
        if (pictures > 0 && !/\s/.test(text.slice(breakAt, i))) view.suspect(at);
        breakAt = -1;
      }
      letterAt(view, code, at);
    }
    i += width - 1;
  }
  if (mixable) latinise(view, wordStart);
  if (lone >= 2 && view.length - wordStart <= 3) view.suspect(text.length - 1);
  if (view.length > 0 && view.codes[view.length - 1] === SPACE) view.length -= 1;
  return view;
}

function space(view: View, at: number): void {
  if (view.length === 0 || view.codes[view.length - 1] === SPACE) return;
  view.codes[view.length] = SPACE;
  view.origin[view.length++] = at;
}

function letterAt(view: View, code: number, at: number): void {
  if (code < 0x250) {
    if (isDigit(code)) view.digits += 1;
    else {
      view.latin += 1;
      if (view.length > 0 && view.codes[view.length - 1] === code) return;
    }
  } else {
    const script = scriptOf(code);
    if (script === HAN) view.han += 1;
    else if (script === LATIN) view.latin += 1;
    else if (code >= 0xb80 && code < 0xc00) view.tamil += 1;
    else view.other += 1;
  }
  view.codes[view.length] = code;
  view.origin[view.length++] = at;
}

/** Turns imitating letters into the Latin ones they imitate, but only in a word that holds Latin letters too. */
function latinise(view: View, from: number): void {
  let latin = false;
  for (let i = from; i < view.length; i++) {
    const code = view.codes[i] as number;
    if (code >= 97 && code <= 122) latin = true;
  }
  if (!latin) return;
  let write = from;
  for (let read = from; read < view.length; read++) {
    const code = latinTwin(view.codes[read] as number) || (view.codes[read] as number);
    if (write > from && code === view.codes[write - 1] && code >= 97 && code <= 122) continue;
    view.codes[write] = code;
    view.origin[write++] = view.origin[read] as number;
  }
  view.length = write;
}
