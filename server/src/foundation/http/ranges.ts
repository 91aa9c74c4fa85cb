/**
 * Which bytes a `Range` asks for (RFC 9110, 14.2), both ends included: `none` where there are no such bytes, null where all are to be sent. One
 * range is answered; several at once are no mistake of the client's, and it gets the whole.
 */
export function partOf(header: string | undefined, size: number): { readonly from: number; readonly to: number } | 'none' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) === 0 || size === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size - 1 };
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'none' : { from, to };
}
