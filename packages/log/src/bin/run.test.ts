import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import type { BagContent } from '../../test/export-fixture.ts';
import { blobHash, exportFixture, newKey, oldKey, seal } from '../../test/export-fixture.ts';
import { writeZip } from '../../test/export-zip.ts';
import { bagFiles, mediaFolder } from '../export/bag.ts';
import { run } from './run.ts';

const scratch = mkdtempSync(join(tmpdir(), 'perisai-verify-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const at = (name: string): string => join(scratch, name);
let good: BagContent;
beforeAll(async () => {
  good = await exportFixture();
  await writeZip(good, at('good.zip'));
  writeFileSync(at('log.vkey'), `${newKey.vkey}\n`);
  writeFileSync(at('other.vkey'), oldKey.vkey);
  writeFileSync(at('no.vkey'), 'no key\n');
});

async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await run(args, { out: (line) => (out += `${line}\n`), err: (line) => (err += `${line}\n`) });
  return { code, out, err };
}

function unpack(bag: BagContent, name: string): string {
  for (const [path, bytes] of bag) {
    mkdirSync(dirname(join(at(name), path)), { recursive: true });
    writeFileSync(join(at(name), path), bytes);
  }
  return at(name);
}

test('a zip and the folder it was unpacked to are verified alike', async () => {
  const zipped = await call(at('good.zip'), '--vkey', at('log.vkey'));
  expect(zipped).toMatchObject({ code: 0, err: '' });
  expect(zipped.out).toContain('verified: 10 records, checkpoint size 20, origin demo/log.perisai.example');
  expect(zipped.out).toContain('the same as the key that was given');
  expect(await call(unpack(good, 'unpacked'), '--vkey', at('log.vkey'))).toEqual(zipped);
  expect((await call(at('good.zip'))).out).toContain('not compared');
});

test('the result is one line of JSON where asked for', async () => {
  const { out } = await call(at('good.zip'), '--json');
  expect(JSON.parse(out)).toMatchObject({ ok: true, records: 10, size: 20, keyCompared: false });
  const failed = await call(at('good.zip'), '--json', '--vkey', at('other.vkey'));
  expect(failed.code).toBe(1);
  expect(JSON.parse(failed.out)).toMatchObject({ ok: false, code: 'key-differs', file: 'data/log.vkey', line: 1 });
});

test('what fails is named with its line, and the exit code is 1', async () => {
  const records = Buffer.from(good.get(bagFiles.records) as Uint8Array).toString();
  const bag = seal(
    new Map(good).set(
      bagFiles.records,
      Buffer.from(records.replace('decision.made', 'decision.mode').replace('report.received', 'report.recieved')),
    ),
  );
  await writeZip(bag, at('changed.zip'));
  const { code, err, out } = await call(at('changed.zip'));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^failed: data\/records.jsonl line 1: /);
});

test('a wrong call is told apart from a failed export', async () => {
  for (const args of [
    [],
    ['a', 'b'],
    [at('none.zip')],
    [at('good.zip'), '--what'],
    [at('good.zip'), '--vkey', at('none')],
    [at('good.zip'), '--vkey', at('no.vkey')],
  ]) {
    const { code, err } = await call(...args);
    expect(code, args.join(' ')).toBe(2);
    expect(err).toContain('usage:');
  }
  expect((await call('--help')).code).toBe(0);
});

test('a link in a folder is refused', async () => {
  const folder = unpack(good, 'linked');
  rmSync(join(folder, bagFiles.readme));
  symlinkSync('checkpoint', join(folder, bagFiles.readme));
  expect((await call(folder)).err).toContain('data/README.txt: is a link');
});

describe('a zip is refused', () => {
  const zipWith = async (name: string, add: (zip: ZipFile) => void): Promise<{ code: number; err: string }> => {
    const zip = new ZipFile();
    for (const [file, bytes] of good) zip.addBuffer(Buffer.from(bytes), `export/${file}`);
    add(zip);
    zip.end();
    writeFileSync(at(name), await buffer(zip.outputStream));
    return call(at(name));
  };
  const patched = async (change: (bytes: Buffer) => Buffer): Promise<{ code: number; err: string }> => {
    writeFileSync(at('patched.zip'), change(readFileSync(at('good.zip'))));
    return call(at('patched.zip'));
  };

  test('that holds a name twice', async () => {
    expect((await zipWith('twice.zip', (zip) => zip.addBuffer(Buffer.from('x'), 'export/bagit.txt'))).err).toContain('is there twice');
  });

  test('that holds something beside its top folder', async () => {
    expect((await zipWith('beside.zip', (zip) => zip.addBuffer(Buffer.from('x'), 'other/bagit.txt'))).err).toContain('lies outside');
    await writeZip(good, at('flat.zip'), { top: '' });
    expect((await call(at('flat.zip'))).code).toBe(1);
  });

  test('that holds a link', async () => {
    expect(
      (await zipWith('link.zip', (zip) => zip.addBuffer(Buffer.from('checkpoint'), 'export/data/README', { mode: 0o120777 }))).err,
    ).toContain('is a link');
  });

  test('that holds an unknown folder or a comment', async () => {
    // yazl's types do not know this option.
    const commented: object = { fileComment: 'hidden' };
    expect((await zipWith('folder.zip', (zip) => zip.addEmptyDirectory('export/data/more'))).err).toContain('is no folder of an export');
    expect((await zipWith('known.zip', (zip) => zip.addEmptyDirectory('export/data'))).code).toBe(0);
    expect((await zipWith('comment.zip', (zip) => zip.addBuffer(Buffer.from('x'), 'export/x', commented))).err).toContain('comment');
  });

  test('whose name climbs out of the folder', async () => {
    const name = Buffer.from('export/data/README.txt');
    const climbing = Buffer.from('export/../../READM.txt');
    const { code, err } = await patched((bytes) =>
      Buffer.from(bytes.toString('latin1').replaceAll(name.toString(), climbing.toString()), 'latin1'),
    );
    expect(code).toBe(1);
    expect(err).toContain('invalid relative path');
  });

  test('that has bytes before, between or behind', async () => {
    for (const change of [
      (bytes: Buffer) => Buffer.concat([Buffer.from('#!/bin/sh\n'), bytes]),
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')]),
      (bytes: Buffer) => bytes.subarray(0, -1),
      () => Buffer.from('no zip'),
      () => Buffer.alloc(0),
    ]) {
      expect((await patched(change)).code).toBe(1);
    }
  });

  test('whose local header differs from its directory', async () => {
    const { err } = await patched((bytes) => {
      const copy = Buffer.from(bytes);
      copy.write('X', copy.indexOf('export/data/checkpoint') + 'export/data/'.length);
      return copy;
    });
    expect(err).toContain('has a local header that differs');
  });

  test('whose data descriptor differs from its directory', async () => {
    const { err } = await patched((bytes) => {
      const copy = Buffer.from(bytes);
      const at = copy.indexOf(Buffer.from('504b0708', 'hex')) + 4;
      copy[at] = (copy[at] as number) ^ 1;
      return copy;
    });
    expect(err).toContain('has a data descriptor that differs');
  });

  test('that hides bytes before its directory', async () => {
    const { code, err } = await patched((bytes) => {
      const end = bytes.length - 22;
      const directory = bytes.readUInt32LE(end + 16);
      const copy = Buffer.concat([bytes.subarray(0, directory), Buffer.from('hidden'), bytes.subarray(directory)]);
      copy.writeUInt32LE(directory + 6, end + 6 + 16);
      return copy;
    });
    expect({ code, err }).toEqual({ code: 1, err: 'failed: patched.zip: holds bytes before its directory that belong to no file\n' });
  });

  test('whose CRC-32 is not that of the contents', async () => {
    const crc = Buffer.alloc(4);
    crc.writeUInt32LE(crc32(Buffer.from(good.get(bagFiles.records) as Uint8Array)));
    const { err } = await patched((bytes) => Buffer.from(bytes.toString('latin1').replaceAll(crc.toString('latin1'), 'crc!'), 'latin1'));
    expect(err).toContain('data/records.jsonl: does not have the CRC-32');
  });

  test('whose contents were changed under way', async () => {
    await writeZip(good, at('stored.zip'), { compress: false });
    const bytes = readFileSync(at('stored.zip'));
    const from = bytes.indexOf('a drawn picture');
    bytes[from] = 0x41;
    writeFileSync(at('stored.zip'), bytes);
    expect((await call(at('stored.zip'))).err).toContain(`${mediaFolder}${blobHash}`);
  });
});

test('a zip made by another program, with folders and sizes up front, is verified', async () => {
  const python =
    'import sys, zipfile, os\nz = zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED)\nfor d, _, fs in os.walk(sys.argv[1]):\n  z.write(d, os.path.join("bag", os.path.relpath(d, sys.argv[1])))\n  [z.write(os.path.join(d, f), os.path.join("bag", os.path.relpath(os.path.join(d, f), sys.argv[1]))) for f in fs]\nz.close()\n';
  try {
    execFileSync('python3', ['--version']);
  } catch {
    return;
  }
  execFileSync('python3', ['-c', python, unpack(good, 'for-python'), at('python.zip')]);
  expect(await call(at('python.zip'))).toMatchObject({ code: 0, err: '' });
});

test('a Zip64 export is verified', async () => {
  const zip = new ZipFile();
  for (const [file, bytes] of good) zip.addReadStream(Readable.from([bytes]), `export/${file}`, { forceZip64Format: true });
  zip.end({ forceZip64Format: true, comment: '' });
  writeFileSync(at('zip64.zip'), await buffer(zip.outputStream));
  expect(await call(at('zip64.zip'))).toMatchObject({ code: 0, err: '' });
});
