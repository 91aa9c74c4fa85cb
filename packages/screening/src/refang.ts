const defang = /h(?:xx|\*\*)p(?=s?(?::|\[:\]))|\[:\]|\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?|\sdot\s(?=[a-z]{2,10}\b)/giu;

/** Undoes defanging; `at` maps an offset back, `changed` holds the offsets (in the plain text) that were mended. */
export function refang(text: string): { plain: string; at: (offset: number) => number; changed: number[] } {
  const pieces: { plain: number; original: number }[] = [];
  let plain = '';
  let last = 0;
  for (const match of text.matchAll(defang)) {
    plain += text.slice(last, match.index);
    pieces.push({ plain: plain.length, original: match.index });
    plain += /^h/iu.test(match[0]) ? 'http' : match[0] === '[:]' ? ':' : '.';
    last = match.index + match[0].length;
    pieces.push({ plain: plain.length, original: last });
  }
  if (last === 0) return { plain: text, at: (offset) => offset, changed: [] };
  plain += text.slice(last);
  const at = (offset: number): number => {
    const piece = pieces.findLast((one) => one.plain <= offset);
    return piece ? Math.min(text.length, piece.original + offset - piece.plain) : offset;
  };
  return { plain, at, changed: pieces.filter((_, i) => i % 2 === 0).map((piece) => piece.plain) };
}
