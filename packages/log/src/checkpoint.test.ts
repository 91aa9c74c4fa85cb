import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Checkpoint } from './checkpoint.ts';
import { openCheckpoint, openCosignature, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { emptyRoot } from './merkle.ts';
import {
  cosignatureType,
  formatVkey,
  generateLogKey,
  keyHash,
  logSigner,
  NoteError,
  openNote,
  parseNote,
  parseVkey,
  signNote,
} from './note.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof NoteError) return error.code;
    throw error;
  }
  return 'accepted';
};
const name = 'log.perisai.example/main';
const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const key = generateLogKey(name, seed(1));
const next = generateLogKey(name, seed(2));
const checkpoint: Checkpoint = { origin: name, size: 42, root: emptyRoot };

test('a note signed by the Go implementation is read, and signed the same', async () => {
  const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
  expect(logSigner(skey).vkey).toBe(vkey);
  expect(openNote(note, vkey)).toBe(text);
  expect(await signNote(text, logSigner(skey))).toBe(note);
});

test('a signed checkpoint opens with its key and says what was signed', async () => {
  const note = await signCheckpoint(checkpoint, logSigner(key.skey));
  expect(note.split('\n').slice(0, 4)).toEqual([name, '42', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', '']);
  expect(openCheckpoint(note, key.vkey)).toEqual({ ...checkpoint, root: Buffer.from(emptyRoot) });
  expect(parseCheckpoint(note).size).toBe(42);
});

test('no byte of a checkpoint can be changed', async () => {
  const note = Buffer.from(await signCheckpoint(checkpoint, logSigner(key.skey)));
  for (let i = 0; i < note.length; i++) {
    const changed = Buffer.from(note);
    changed[i] = (changed[i] as number) ^ 1;
    expect(
      codeOf(() => openCheckpoint(changed.toString(), key.vkey)),
      `byte ${i}`,
    ).not.toBe('accepted');
  }
});

test('during a rotation old and new keys sign, and either verifies', async () => {
  const note = await signCheckpoint(checkpoint, logSigner(key.skey), logSigner(next.skey));
  expect(openCheckpoint(note, key.vkey)).toEqual(openCheckpoint(note, next.vkey));
  const older = await signCheckpoint(checkpoint, logSigner(key.skey));
  expect(codeOf(() => openCheckpoint(older, next.vkey))).toBe('unsigned');
});

test('a key signs only checkpoints of the log it is named after', async () => {
  const other = generateLogKey('other', seed(1));
  await expect(signCheckpoint(checkpoint, logSigner(other.skey))).rejects.toThrow(NoteError);
  const foreign = await signCheckpoint({ ...checkpoint, origin: 'other' }, logSigner(other.skey));
  expect(codeOf(() => openCheckpoint(foreign, key.vkey))).toBe('unsigned');
});

test.each(['', '4', 'a b', 'a+b', '-1', '01', '9007199254740992'])('“%s” is refused as size or origin', async (text) => {
  const root = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
  const signed = await signNote(text === '4' ? `${name}\n${text}\n${root}\nmore\n` : `${name}\n${text}\n${root}\n`, logSigner(key.skey));
  expect(codeOf(() => openCheckpoint(signed, key.vkey))).toBe('bad-checkpoint');
});

test('keys are refused for a wrong hash, type, length or name', () => {
  expect(parseVkey(key.vkey).name).toBe(name);
  const [, hash, encoded] = key.vkey.split('+') as [string, string, string];
  for (const text of [
    `other+${hash}+${encoded}`,
    `${name}+${hash.toUpperCase()}X+${encoded}`,
    `${name}+${hash}+${encoded.slice(4)}`,
    `${key.vkey}\n`,
    '',
  ]) {
    expect(codeOf(() => parseVkey(text))).toBe('bad-key');
  }
  expect(codeOf(() => formatVkey({ name: 'a b', publicKey: seed(0) }))).toBe('bad-name');
  expect(codeOf(() => parseVkey(formatVkey({ name, type: 9, publicKey: seed(0) })))).toBe('bad-key');
  expect(codeOf(() => logSigner(key.skey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')))).toBe('bad-key');
});

test('a note is text, empty line and signature lines, and nothing else', async () => {
  const note = await signNote('text\n', logSigner(key.skey));
  for (const bad of [
    note.slice(0, -1),
    note.replace('\n\n', '\n'),
    note.replace('—', '-'),
    note.replace('text', 'te\rxt'),
    `${note}\n`,
    note.replace(/=\n$/, '\n'),
    'text\n\n',
  ]) {
    expect(
      codeOf(() => parseNote(bad)),
      JSON.stringify(bad),
    ).toBe('bad-note');
  }
});

test('a witness’s cosignature is verified over its time and the text', async () => {
  const witnessSeed = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed(3)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = Buffer.from(createPublicKey(witnessSeed).export({ format: 'jwk' }).x ?? '', 'base64url');
  const witness = { name: 'witness.example', type: cosignatureType, publicKey };
  const note = await signCheckpoint(checkpoint, logSigner(key.skey));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(1_795_492_800n);
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime 1795492800\n${parseNote(note).text}`), witnessSeed);
  const cosigned = `${note}— ${witness.name} ${Buffer.concat([keyHash(witness), time, signature]).toString('base64')}\n`;
  expect(openCosignature(cosigned, formatVkey(witness))).toBe(1_795_492_800);
  expect(openCheckpoint(cosigned, key.vkey).size).toBe(42);
  time[7] = 1;
  const late = `${note}— ${witness.name} ${Buffer.concat([keyHash(witness), time, signature]).toString('base64')}\n`;
  expect(codeOf(() => openCosignature(late, formatVkey(witness)))).toBe('bad-signature');
  expect(codeOf(() => openCosignature(note, formatVkey(witness)))).toBe('unsigned');
  expect(codeOf(() => openCosignature(cosigned, key.vkey))).toBe('bad-key');
});
