import { access, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { exportTo } from '../export.ts';
import { settled } from '../stage/settled.ts';
import type { Stage } from '../stage.ts';
import { type PackedVerifier, packedVerifier } from './packed-verifier.ts';
import { type Files, unzip, withChangedByte, withManifestsThatFit, zipAgain } from './tamper.ts';
import { held, type Teller } from './teller.ts';

/** Files of an export in which a byte is changed, one after the other. */
const touched = [
  'data/records.jsonl',
  'data/proofs.jsonl',
  'data/openings.jsonl',
  'data/checkpoint',
  'data/log.vkey',
  'data/README.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  'bag-info.txt',
  'perisai-verify.mjs',
];

/** The records leave the house, and anybody can check them without it: with the server stopped, on a Node that is not ours. */
export async function leaveTheHouse(stage: Stage, teller: Teller, file: string, folder: string): Promise<void> {
  const { house } = stage.perisai;
  await settled(house);
  const { records, size } = await exportTo(house, file, { openings: true });
  held(records === size, `the export holds ${records} of ${size} records`);
  teller.step(`All ${records} records are exported, with their proofs and what they commit to`, { file, records });
  await stage.stopPerisai();
  held(await isClosed(stage.perisai.url), 'the server still answers');
  teller.step('Perisai is stopped; nobody answers there any more');

  const verifier = await packedVerifier(folder);
  const { code, text } = await verifier.verify(file);
  held(code === 0 && text.includes(`${records} records`), `the verifier refused the export: ${text}`);
  teller.step(`The stand-alone verifier, from its packed tarball, accepts the export on ${verifier.node}`, {
    says: text.trim().split('\n')[0],
  });
  await tamper(verifier, await unzip(file), teller, folder);
  await access(file);
}

/** One changed byte is named wherever it lies; and a changed record even where both manifests were made to fit it. */
async function tamper(verifier: PackedVerifier, files: Files, teller: Teller, folder: string): Promise<void> {
  const place = await mkdtemp(join(folder, 'tampered-'));
  const refused = async (changed: Files, path: string, how: string) => {
    const zip = join(place, `${how}-${path.replaceAll('/', '-')}.zip`);
    await zipAgain(zip, changed);
    const { code, text } = await verifier.verify(zip);
    held(code === 1 && text.includes(path), `${how} in ${path} was not named (exit code ${code}): ${text.trim()}`);
    return text.trim().split('\n').at(-1);
  };
  const untouched = join(place, 'untouched.zip');
  await zipAgain(untouched, files);
  held((await verifier.verify(untouched)).code === 0, 'the same files in another zip are refused');
  for (const path of touched) await refused(withChangedByte(files, path), path, 'one-byte');
  teller.step(`One changed byte is named, in each of ${touched.length} files: ${touched.join(', ')}`, { files: touched });
  const records = 'data/records.jsonl';
  const says = await refused(withManifestsThatFit(withChangedByte(files, records)), records, 'a-byte-that-fits-the-manifests');
  teller.step('A changed record is named even where the manifests were made to fit it', { says });
}

async function isClosed(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}
