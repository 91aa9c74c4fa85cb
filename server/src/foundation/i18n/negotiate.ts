import type { Language } from './language.ts';
import { isLanguage } from './language.ts';

/**
 * The language of a page: what the address asks for (`?lang=`), else the browser's best wish that we speak, else Malay.
 *
 * `acceptLanguage` is the header as it came (RFC 9110, 12.5.4); wishes with `q=0` are refusals. Indonesian readers get Malay before English.
 */
export function negotiate(asked: { readonly query?: string | undefined; readonly acceptLanguage?: string | undefined }): Language {
  const wanted = asked.query === undefined ? undefined : primary(asked.query);
  if (wanted !== undefined) return wanted;
  const wishes = (asked.acceptLanguage ?? '')
    .slice(0, 1000)
    .split(',')
    .map((wish, place) => {
      const [tag = '', ...settings] = wish.split(';').map((piece) => piece.trim());
      const weight = settings.map((setting) => /^q=(\d(?:\.\d{0,3})?)$/i.exec(setting)?.[1]).find((value) => value !== undefined);
      return { language: primary(tag), weight: weight === undefined ? 1 : Number(weight), place };
    })
    .filter((wish) => wish.language !== undefined && wish.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  return wishes[0]?.language ?? 'ms';
}

function primary(tag: string): Language | undefined {
  const name = tag.toLowerCase().split('-')[0] ?? '';
  if (name === 'id' || name === 'msa' || name === 'zsm') return 'ms';
  if (name === 'yue' || name === 'cmn') return 'zh';
  return isLanguage(name) ? name : undefined;
}
