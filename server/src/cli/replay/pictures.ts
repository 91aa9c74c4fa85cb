import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { type Feed, FeedError, type Row } from './feed.ts';

const types: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
};

/** The pictures of a folder and of those inside it, in the order of their paths. Other files are passed over. */
export async function openPictures(folder: string): Promise<Feed> {
  const paths: string[] = [];
  for await (const path of walk(folder)) if (extname(path).toLowerCase() in types) paths.push(path);
  if (paths.length === 0) throw new FeedError(`${folder} holds no pictures (${Object.keys(types).join(' ')}), nor do the folders in it.`);
  return {
    what: 'pictures',
    total: paths.length,
    // Read one at a time: a folder may be larger than memory.
    async *rows() {
      for (const path of paths) yield await readPicture(path);
    },
  };
}

async function* walk(folder: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

/** A file is a picture where its header can be read, whatever it is called. */
async function readPicture(path: string): Promise<Row> {
  try {
    const bytes = await readFile(path);
    await sharp(bytes).metadata();
    return { place: path, item: { picture: { bytes, type: types[extname(path).toLowerCase()] as string }, label: null } };
  } catch (error) {
    return { place: path, unreadable: (error as NodeJS.ErrnoException).code ?? 'it is no picture that can be decoded' };
  }
}
