import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BagContent } from '../../test/export-fixture.ts';
import { blobHash, exportFixture, newKey, oldKey, origin, record, seal, sourceOf } from '../../test/export-fixture.ts';
import { canonicalize } from '../jcs.ts';
import type { LeafRecord } from '../record.ts';
import { bagFiles, mediaFolder } from './bag.ts';
import { ExportError } from './failure.ts';
import { verifyExport } from './verify.ts';

let good: BagContent;
beforeAll(async () => {
  good = await exportFixture();
});

/** What is wrong with a bag: `code file:line`. */
async function verdict(bag: BagContent, vkey?: string): Promise<string> {
  try {
    await verifyExport(sourceOf(bag), vkey === undefined ? {} : { vkey });
  } catch (error) {
    if (error instanceof ExportError) return `${error.code} ${error.file}${error.line === null ? '' : `:${error.line}`}`;
    throw error;
  }
  return 'good';
}

const textOf = (bag: BagContent, file: string): string => Buffer.from(bag.get(file) as Uint8Array).toString();
/** The good bag with one file changed; its manifests written anew unless `sealed` is false. */
function changed(file: string, change: (text: string) => string, sealed = true): BagContent {
  const bag: BagContent = new Map(good);
  bag.set(file, Buffer.from(change(textOf(bag, file))));
  return sealed ? seal(bag) : bag;
}
const without = (bag: BagContent, file: string): BagContent => new Map([...bag].filter(([name]) => name !== file));
const lines = (change: (lines: string[]) => string[]) => (text: string) =>
  change(text.split('\n').slice(0, -1))
    .map((line) => `${line}\n`)
    .join('');
const json = (line: number, change: (value: Record<string, unknown>) => unknown) =>
  lines((all) => all.map((text, i) => (i + 1 === line ? canonicalize(change(JSON.parse(text) as Record<string, unknown>)) : text)));

test('a good export is verified, and what it holds is told', async () => {
  const report = await verifyExport(sourceOf(good), { vkey: newKey.vkey });
  expect(report).toMatchObject({ origin, size: 20, records: 10, openings: 15, media: 1, oldSize: 6, keyCompared: true, backDated: 0 });
  for (const size of [1, 7, 65_536]) expect((await verifyExport(sourceOf(good, size))).keyCompared).toBe(false);
});

test('an export with nothing in it is verified', async () => {
  const bag: BagContent = new Map(good);
  for (const file of [bagFiles.readme, bagFiles.openings, bagFiles.consistency, bagFiles.oldVkey, `${mediaFolder}${blobHash}`])
    bag.delete(file);
  for (const file of [bagFiles.records, bagFiles.proofs]) bag.set(file, new Uint8Array(0));
  expect(await verifyExport(sourceOf(seal(bag)))).toMatchObject({ records: 0, openings: 0, media: 0, oldSize: null });
});

test('openings may come in any order', async () => {
  expect(
    await verdict(
      changed(
        bagFiles.openings,
        lines((all) => all.reverse()),
      ),
    ),
  ).toBe('good');
});

test('progress is told every 10,000 records', async () => {
  const told: number[] = [];
  await verifyExport(sourceOf(await exportFixture({ size: 10_001, every: 1 }), 65_536), { onProgress: (n) => told.push(n) });
  expect(told).toEqual([10_000]);
});

test('a changed byte anywhere is refused, and its file or line is named', async () => {
  const files = [...good.keys()];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), async (file, at, flip) => {
      const bytes = Buffer.from(good.get(file) as Uint8Array);
      const place = at % bytes.length;
      bytes[place] = (bytes[place] as number) ^ flip;
      const error: unknown = await verifyExport(sourceOf(new Map(good).set(file, bytes))).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ExportError);
      expect((error as ExportError).message).toContain(file);
    }),
    { numRuns: 400 },
  );
});

test('a changed byte of records or proofs is refused with its line, also when the manifests are made to fit', async () => {
  for (const file of [bagFiles.records, bagFiles.proofs, bagFiles.openings]) {
    const bytes = good.get(file) as Uint8Array;
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ 1;
      const error: unknown = await verifyExport(sourceOf(seal(new Map(good).set(file, flipped)), 65_536)).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ExportError);
      // A changed length of either file may only show where the other ends; what is named is the line, in words or as such.
      const line = Buffer.from(bytes.subarray(0, at)).toString('latin1').split('\n').length;
      expect((error as ExportError).message, `${file} byte ${at}`).toMatch(new RegExp(`line (${line}|${line + 1})\\b`));
    }
  }
});

describe('refused with file and line:', () => {
  const { records, proofs, openings, checkpoint, vkey, oldVkey, consistency, manifest, tagManifest, info, bagit, readme } = bagFiles;
  const cases: [string, string, (bag: BagContent) => BagContent][] = [
    [
      'a record taken out',
      `out-of-order ${records}:3`,
      () =>
        changed(
          records,
          lines((all) => all.toSpliced(2, 1)),
        ),
    ],
    [
      'a record and its proof twice',
      `out-of-order ${proofs}:4`,
      () =>
        seal(
          new Map(
            changed(
              records,
              lines((all) => all.toSpliced(3, 0, all[2] ?? '')),
            ).set(proofs, Buffer.from(lines((all) => all.toSpliced(3, 0, all[2] ?? ''))(textOf(good, proofs)))),
          ),
        ),
    ],
    [
      'records and proofs out of order',
      `out-of-order ${proofs}:10`,
      () =>
        seal(
          changed(
            records,
            lines((all) => [...all.slice(1), all[0] ?? '']),
          ).set(proofs, Buffer.from(lines((all) => [...all.slice(1), all[0] ?? ''])(textOf(good, proofs)))),
        ),
    ],
    [
      'a record without proof',
      `not-proven ${records}:10`,
      () =>
        changed(
          proofs,
          lines((all) => all.slice(0, -1)),
        ),
    ],
    [
      'a proof without record',
      `bad-shape ${proofs}:10`,
      () =>
        changed(
          records,
          lines((all) => all.slice(0, -1)),
        ),
    ],
    [
      'another record in its place',
      `not-proven ${records}:2`,
      () =>
        changed(
          records,
          lines((all) => all.with(1, canonicalize({ ...record(2), service: 'other' }))),
        ),
    ],
    [
      'a record with a field more',
      `bad-shape ${records}:1`,
      () =>
        changed(
          records,
          json(1, (value) => ({ ...value, note: '' })),
        ),
    ],
    [
      'a record that is not canonical',
      `not-canonical ${records}:5`,
      () =>
        changed(
          records,
          lines((all) => all.map((line, i) => (i === 4 ? line.replace(':', ': ') : line))),
        ),
    ],
    ['a record with a key twice', `not-canonical ${records}:1`, () => changed(records, (text) => text.replace('{', '{"case":null,'))],
    [
      'a record with an unsafe integer',
      `not-canonical ${records}:1`,
      () => changed(records, (text) => text.replace('"version":1', '"version":9007199254740993')),
    ],
    ['carriage returns', `not-canonical ${records}:1`, () => changed(records, (text) => text.replaceAll('\n', '\r\n'))],
    ['an empty line', `not-canonical ${records}:2`, () => changed(records, (text) => text.replace('\n', '\n\n'))],
    ['a byte order mark', `not-canonical ${records}:1`, () => changed(records, (text) => `\uFEFF${text}`)],
    ['a last line without LF', `bad-text ${records}:10`, () => changed(records, (text) => text.slice(0, -1))],
    [
      'a record that is too long',
      `too-long ${records}:1`,
      () => changed(records, (text) => text.replace('scam.phishing', 'x'.repeat(65_536))),
    ],
    [
      'an index at the checkpoint’s size',
      `not-proven ${proofs}:10`,
      () =>
        changed(
          proofs,
          json(10, (value) => ({ ...value, index: 20 })),
        ),
    ],
    [
      'a negative index',
      `bad-shape ${proofs}:1`,
      () =>
        changed(
          proofs,
          json(1, (value) => ({ ...value, index: -1 })),
        ),
    ],
    [
      'a neighbour’s index',
      `not-proven ${records}:1`,
      () =>
        changed(
          proofs,
          json(1, (value) => ({ ...value, index: 1 })),
        ),
    ],
    [
      'a proof with a hash more',
      `not-proven ${records}:1`,
      () =>
        changed(
          proofs,
          json(1, (value) => ({
            ...value,
            hashes: [...(value['hashes'] as string[]), `${blobHash.slice(0, 43)}=`]
              .slice(0, 6)
              .map((hash, i, all) => (i === all.length - 1 ? all[0] : hash)),
          })),
        ),
    ],
    [
      'a proof with an unknown key',
      `bad-shape ${proofs}:2`,
      () =>
        changed(
          proofs,
          json(2, (value) => ({ ...value, note: 1 })),
        ),
    ],
    [
      'a hash with pad bits',
      `bad-shape ${proofs}:1`,
      () => changed(proofs, (text) => text.replace(/(.)=",/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=",`)),
    ],
    [
      'an opening with another value',
      `bad-opening ${openings}:3`,
      () =>
        changed(
          openings,
          json(3, (value) => ({ ...value, value: 'other' })),
        ),
    ],
    [
      'an opening with another salt',
      `bad-opening ${openings}:1`,
      () =>
        changed(
          openings,
          json(1, (value) => ({ ...value, salt: Buffer.alloc(32).toString('base64') })),
        ),
    ],
    [
      'an opening of a field that commits to nothing',
      `bad-opening ${openings}:1`,
      () =>
        changed(
          openings,
          json(1, (value) => ({ ...value, field: '/payload/clause' })),
        ),
    ],
    [
      'an opening of a record that is not there',
      `bad-opening ${openings}:1`,
      () =>
        changed(
          openings,
          json(1, (value) => ({ ...value, id: record(1).id })),
        ),
    ],
    [
      'an opening twice',
      `duplicate ${openings}:2`,
      () =>
        changed(
          openings,
          lines((all) => [all[0] ?? '', ...all]),
        ),
    ],
    [
      'an opening with a key more',
      `bad-shape ${openings}:1`,
      () =>
        changed(
          openings,
          json(1, (value) => ({ ...value, note: 1 })),
        ),
    ],
    [
      'an opening with a short salt',
      `bad-shape ${openings}:1`,
      () =>
        changed(
          openings,
          json(1, (value) => ({ ...value, salt: 'AAAA' })),
        ),
    ],
    [
      'a blob that no opening names',
      `bad-media ${mediaFolder}${blobHash}`,
      () =>
        changed(
          openings,
          lines((all) => all.filter((line) => !line.includes(blobHash))),
        ),
    ],
    [
      'a blob with another name',
      `bad-media ${mediaFolder}${'0'.repeat(64)}`,
      (bag) => seal(bag.set(`${mediaFolder}${'0'.repeat(64)}`, Buffer.from('x'))),
    ],
    [
      'a blob with a file extension',
      `unlisted-file ${mediaFolder}${blobHash}.png`,
      (bag) => seal(bag.set(`${mediaFolder}${blobHash}.png`, Buffer.from('x'))),
    ],
    ['a file more', 'unlisted-file data/notes.txt', (bag) => seal(bag.set('data/notes.txt', Buffer.from('x\n')))],
    ['a tag file more', 'unlisted-file fetch.txt', (bag) => seal(bag.set('fetch.txt', Buffer.from('x\n')))],
    ['no openings where the manifest has them', `bad-manifest ${manifest}:7`, (bag) => without(bag, openings)],
    ['a key of no older checkpoint', `unlisted-file ${oldVkey}`, (bag) => seal(without(bag, consistency))],
    ['a note signed by the old key without that key', `bad-signature ${consistency}:1`, (bag) => seal(without(bag, oldVkey))],
    [
      'another new checkpoint',
      `bad-shape ${consistency}:1`,
      () =>
        changed(
          consistency,
          json(1, (value) => ({ ...value, new: value['old'] })),
        ),
    ],
    [
      'a proof of consistency with a hash less',
      `not-consistent ${consistency}:1`,
      () =>
        changed(
          consistency,
          json(1, (value) => ({ ...value, hashes: (value['hashes'] as string[]).slice(1) })),
        ),
    ],
    ['a second line in consistency.json', `bad-shape ${consistency}`, () => changed(consistency, (text) => text + text)],
    ['the old key in place of the new', `bad-signature ${checkpoint}`, () => changed(vkey, () => `${oldKey.vkey}\n`)],
    ['a key with a wrong hash', `bad-key ${vkey}:1`, () => changed(vkey, (text) => text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))],
    ['two keys', `bad-key ${vkey}`, () => changed(vkey, (text) => text + text)],
    ['a checkpoint of another size', `bad-signature ${checkpoint}`, () => changed(checkpoint, (text) => text.replace('\n20\n', '\n21\n'))],
    ['a checkpoint with carriage returns', `bad-text ${checkpoint}:1`, () => changed(checkpoint, (text) => text.replaceAll('\n', '\r\n'))],
    ['a README with carriage returns', `bad-text ${readme}:1`, () => changed(readme, (text) => text.replaceAll('\n', '\r\n'))],
    ['a README that is not UTF-8', `bad-text ${readme}:1`, (bag) => seal(bag.set(readme, Buffer.from([0xff, 0x0a])))],
    ['a manifest line twice', `hash-differs ${manifest}`, () => changed(manifest, (text) => text + text, false)],
    ['a tag manifest line twice', `bad-manifest ${tagManifest}:5`, () => changed(tagManifest, (text) => text + text, false)],
    [
      'a tag file missing in the tag manifest',
      `unlisted-file ${info}`,
      () =>
        changed(
          tagManifest,
          lines((all) => all.filter((line) => !line.endsWith(info))),
          false,
        ),
    ],
    ['upper-case hex', `bad-manifest ${tagManifest}:1`, () => changed(tagManifest, (text) => text.toUpperCase(), false)],
  ];
  test.each(cases)('%s', async (_, expected, make) => {
    expect(await verdict(make(new Map(good)))).toBe(expected);
  });

  const resealed: [string, string, string, (text: string) => string][] = [
    ['another BagIt version', `bad-bag ${bagit}`, bagit, (text) => text.replace('1.0', '0.97')],
    ['no Payload-Oxum', `bad-bag ${info}`, info, (text) => text.replace(/Payload-Oxum.*\n/, '')],
    ['a wrong Payload-Oxum', `bad-bag ${info}:3`, info, (text) => text.replace(/\.9\n/, '.8\n')],
    [
      'a payload file missing in the manifest',
      `unlisted-file ${openings}`,
      manifest,
      lines((all) => all.filter((line) => !line.endsWith(openings))),
    ],
    ['a manifest line of a file that is not there', `bad-manifest ${manifest}:10`, manifest, (text) => `${text}${blobHash}  data/other\n`],
    ['a manifest line twice, tag manifest made to fit', `bad-manifest ${manifest}:10`, manifest, (text) => text + text],
    [
      'a manifest line that points out of the bag',
      `bad-manifest ${manifest}:10`,
      manifest,
      (text) => `${text}${blobHash}  ../data/checkpoint\n`,
    ],
  ];
  test.each(resealed)('%s', async (_, expected, file, change) => {
    const bag = changed(file, change, false);
    const hashes = (name: string) =>
      createHash('sha256')
        .update(bag.get(name) as Uint8Array)
        .digest('hex');
    bag.set(
      tagManifest,
      Buffer.from(lines((all) => all.map((line) => `${hashes(line.slice(66))}  ${line.slice(66)}`))(textOf(bag, tagManifest))),
    );
    expect(await verdict(bag)).toBe(expected);
  });

  test.each([bagFiles.records, bagFiles.proofs, checkpoint, vkey, bagit, info, manifest, tagManifest, bagFiles.verifier])(
    '%s missing',
    async (file) => {
      const bag: BagContent = new Map(good);
      bag.delete(file);
      expect(await verdict(bag)).toBe(`missing-file ${file}`);
    },
  );
});

test('a key got elsewhere must be the export’s', async () => {
  expect(await verdict(good, newKey.vkey)).toBe('good');
  expect(await verdict(good, oldKey.vkey)).toBe(`key-differs ${bagFiles.vkey}:1`);
});

/** The log whose leaf at one index is other than in the good one. */
const logWith = (index: number, change: Partial<LeafRecord>): Promise<BagContent> =>
  exportFixture({ leafAt: (i) => (i === index ? { ...record(i), ...change } : record(i)) });

test('an id that the log holds twice is refused', async () => {
  expect(await verdict(await logWith(4, { id: record(2).id }))).toBe(`duplicate ${bagFiles.records}:3`);
});

test('a blob’s hash may not stand in a payload in the open', async () => {
  const { payload } = record(2);
  expect(await verdict(await logWith(2, { payload: { ...payload, seen: [blobHash] } }))).toBe(`bad-media ${bagFiles.records}:2`);
});

test('back-dated records are counted', async () => {
  const backDated = await logWith(10, { recorded_at: new Date(Date.parse(record(8).recorded_at) - 60_001).toISOString() });
  expect((await verifyExport(sourceOf(backDated))).backDated).toBe(1);
});

test('a value nested too deep is refused, not fatal', async () => {
  const deep = changed(bagFiles.openings, (text) => text.replace(/"value":"[^"]*"/, `"value":${'['.repeat(99_999)}${']'.repeat(99_999)}`));
  expect(await verdict(deep)).toBe(`not-canonical ${bagFiles.openings}:1`);
});
