import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ExportError } from '../export/failure.ts';
import type { OpenSource } from './zip.ts';

/** Opens an unpacked export: the folder with `bagit.txt` in it. */
export function openFolder(root: string): OpenSource {
  return {
    list: async () => {
      const found = await readdir(root, { recursive: true, withFileTypes: true });
      return found
        .filter((entry) => !entry.isDirectory())
        .map((entry) => {
          const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
          if (!entry.isFile()) throw new ExportError('unlisted-file', path, null, 'is a link or device');
          return path;
        });
    },
    read: (path) => createReadStream(join(root, ...path.split('/'))),
    close: () => Promise.resolve(),
  };
}
