/** The smallest PNG: one grey point. */
export const onePoint = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** A file as a platform hands it in. */
export const handedIn = (bytes: Buffer, type = 'image/png') => ({ type, bytes: bytes.toString('base64') });

/** The addresses of files on a page, in their order, with what stands before each: `src` shows it, `href` leads to it. */
export function filesOn(page: string): { readonly by: 'src' | 'href'; readonly at: string }[] {
  return [...page.matchAll(/(src|href)="(\/desk\/[a-z]+\/[0-9a-f-]{36}\/files\/[^"]+)"/g)].map(([, by, at]) => ({
    by: by as 'src',
    at: (at as string).replaceAll('&amp;', '&'),
  }));
}
