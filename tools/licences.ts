/** Licences that Perisai may be shipped with, and those that only development may use. */
const shipped = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
  'OFL-1.1',
  'Zlib',
]);
const development = new Set([...shipped, 'MPL-2.0', 'CC-BY-4.0']);

/** Packages under another licence that NOTICE names, with the reason they may stay. */
export const noticed: readonly { name: RegExp; licence: string; reason: string }[] = [
  { name: /^@img\/sharp-(libvips-)?/, licence: 'LGPL-3.0-or-later', reason: 'libvips, linked dynamically by sharp: NOTICE' },
];

export interface Judged {
  allowed: boolean;
  why: string;
}

/** Judges an SPDX expression of `AND`, `OR` and parentheses: every part of an AND must be allowed, one part of an OR. */
export function judge(name: string, licence: string | undefined, dev: boolean): Judged {
  if (!licence) return { allowed: false, why: 'says no licence' };
  if (satisfied(licence, dev ? development : shipped)) return { allowed: true, why: licence };
  const notice = noticed.find((row) => row.name.test(name) && licence.includes(row.licence));
  if (notice) return { allowed: true, why: `${licence}: ${notice.reason}` };
  return { allowed: false, why: `${licence} is not in the list of tools/licences.ts` };
}

function satisfied(expression: string, allowed: ReadonlySet<string>): boolean {
  const flat = expression.replace(/\(([^()]*)\)/g, (_, inner: string) => (satisfied(inner, allowed) ? 'MIT' : 'refused'));
  if (flat.includes('(')) return satisfied(flat, allowed);
  return flat.split(/\s+OR\s+/).some((side) => side.split(/\s+AND\s+/).every((part) => allowed.has(part.trim())));
}
