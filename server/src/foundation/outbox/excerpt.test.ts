import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const sent = JSON.stringify({
  type: 'notice.issued',
  timestamp: '2026-11-24T01:00:00.000Z',
  data: {
    notice: '01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d',
    to: { account: 'siti', short: 'x' },
    role: 'author',
    title: 'Hantaran anda "dibuang"',
    body: 'Ini sebabnya.\n\nAnda boleh merayu.',
    desired: 'removed',
  },
});

test('an answer that repeats what it was sent is kept without what was said to whom', () => {
  const echo = `could not store ${sent}`;
  const kept = excerptOf(echo, sent) as string;
  for (const personal of ['siti', '"x"', 'Hantaran', 'sebabnya', 'merayu']) expect(kept).not.toContain(personal);
  for (const plain of [
    'could not store',
    'notice.issued',
    '01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d',
    '"role":"author"',
    '"desired":"removed"',
  ])
    expect(kept).toContain(plain);
});

test('a part of a text, a line of it, is taken out, too', () => {
  expect(excerptOf('bad text: Anda boleh merayu.', sent)).toBe('bad text: …');
});

test('addresses, handles and numbers that a person may have are taken out', () => {
  expect(excerptOf('mail siti@mail.example, ask @siti.k or +60 12-345 6789, 900101-14-5678', '{}')).toBe('mail …, ask … or …, …');
});

test('status, times and ids of ours stay: they say why it was refused', () => {
  const plain = 'HTTP 503 at 2026-11-24T01:00:00.000Z for 01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d';
  expect(excerptOf(plain, '{}')).toBe(plain);
});

test('500 bytes are kept, of a text in any script, and no half of a letter', () => {
  const kept = excerptOf('அ'.repeat(400), '{}') as string;
  expect([Buffer.byteLength(kept), [...new Set(kept)].join('')]).toEqual([498, 'அ']);
  expect(excerptOf('', '{}')).toBeNull();
  expect(excerptOf('a\0b', '{}')).toBe('ab');
});
