import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { openCsv } from './csv.ts';
import { type Feed, FeedError } from './feed.ts';
import { openPictures } from './pictures.ts';
import { openTsv } from './tsv.ts';

const forms = 'a .tsv file (label, tab, text), a .csv file with a header, or a folder of pictures';

/** Looks at what was named and opens it. @throws FeedError where it isn't there, isn't of a known form, or holds nothing. */
export async function openFeed(path: string): Promise<Feed> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new FeedError(`There is no ${path}: name ${forms}.`);
    throw new FeedError(`${path} cannot be read (${error.code}).`);
  });
  const feed = found.isDirectory() ? await openPictures(path) : await openTable(path);
  if (feed.total === 0) throw new FeedError(`${path} holds nothing to replay: name ${forms}.`);
  return feed;
}

async function openTable(path: string): Promise<Feed> {
  const extension = extname(path).toLowerCase();
  if (extension === '.tsv') return openTsv(path);
  if (extension === '.csv') return openCsv(path);
  throw new FeedError(`${path}: what ends in “${extension}” has no form that replay knows. Name ${forms}.`);
}
