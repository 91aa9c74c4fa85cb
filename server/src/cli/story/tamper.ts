import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { createZip } from '../../foundation/zip.ts';

/** The files of an export by their path in the bag, without the top folder. */
export type Files = ReadonlyMap<string, Buffer>;

/** Reads an export of ours into memory: a story's is small. Only what our own writer makes is understood. */
export async function unzip(path: string): Promise<Files> {
  const zip = await readFile(path);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    files.set(name.slice(name.indexOf('/') + 1), zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** Writes the files as an export again: a sound zip, so that nothing but its contents can be found fault with. */
export async function zipAgain(path: string, files: Files): Promise<void> {
  const zip = await createZip(path, new Date());
  for (const [name, bytes] of files) await zip.add(name, [bytes]);
  await zip.close();
}

/** The same files, one of them with one byte changed: a letter or digit in its middle, to another one. */
export function withChangedByte(files: Files, path: string): Files {
  const bytes = Buffer.from(files.get(path) as Buffer);
  let at = Math.floor(bytes.length / 2);
  while (!/[0-9A-Za-z]/.test(String.fromCharCode(bytes[at] ?? 0))) at++;
  bytes[at] = (bytes[at] as number) ^ 1;
  return new Map(files).set(path, bytes);
}

/** The same files with both manifests written anew, as somebody would who changes records and knows what a manifest is. */
export function withManifestsThatFit(files: Files): Files {
  const fitting = new Map(files);
  const rewrite = (name: string) => {
    const lines = (fitting.get(name) as Buffer).toString('utf8').trimEnd().split('\n');
    const fit = lines.map((line) => {
      const path = line.slice(66);
      return `${createHash('sha256')
        .update(fitting.get(path) as Buffer)
        .digest('hex')}  ${path}\n`;
    });
    fitting.set(name, Buffer.from(fit.join('')));
  };
  rewrite('manifest-sha256.txt');
  rewrite('tagmanifest-sha256.txt');
  return fitting;
}
