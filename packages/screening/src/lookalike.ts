import { foldCode, SPACE } from './codepoints.ts';
import { latinTwin } from './confusables.ts';

/** Latin letters beside Greek, Cyrillic or Armenian ones in one label: no registry allows it, and no honest host needs it. */
export function mixedScript(label: string): boolean {
  return /[a-z]/u.test(label) && /[\u{370}-\u{58F}]/u.test(label);
}

/** Letters and digits that look alike become one: 0 o, 1 l i, rn m, vv w, and imitations from other scripts. */
export function skeleton(name: string): string {
  let letters = '';
  for (const char of name.toLowerCase()) {
    const code = foldCode(char.codePointAt(0) ?? SPACE);
    if (code > SPACE) letters += String.fromCharCode(latinTwin(code) || code);
  }
  return letters
    .replace(/rn/gu, 'm')
    .replace(/vv/gu, 'w')
    .replace(/0/gu, 'o')
    .replace(/[1i]/gu, 'l')
    .replace(/3/gu, 'e')
    .replace(/5/gu, 's')
    .replace(/4/gu, 'a');
}

/** One edit apart (left out, added, replaced, two neighbours swapped), for names of at least five letters. */
export function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  if (a.slice(i + 1) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) || a.slice(i) === b.slice(i + 1)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
