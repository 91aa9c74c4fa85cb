import { expect, test } from 'vitest';
import type { Opening } from './commitment.ts';
import { commit, openingHolds } from './commitment.ts';
import { canonicalize } from './jcs.ts';
import type { LeafRecord } from './record.ts';
import { checkLeaf, LeafError, leafBytes } from './record.ts';

const salt = new Uint8Array(32).fill(7);
const leaf: LeafRecord = {
  id: '01930000-0000-7000-8000-000000000001',
  kind: 'decision.made',
  version: 1,
  occurred_at: '2026-11-24T04:00:00.000Z',
  recorded_at: '2026-11-24T04:00:00.012Z',
  service: 'warung',
  case: '01930000-0000-7000-8000-000000000002',
  case_seq: 3,
  parties: [{ handle: 'AAECAwQFBgcICQoLDA0ODw==', role: 'actor' }],
  versions: { policy: '7' },
  nonce: 'q83vEjRWeJCrze8SNFZ4kA==',
  payload: { clause: 'scam.phishing', reason: { commitment: commit(salt, 'a\u2028b') }, 'odd/key~': [{ commitment: commit(salt, 1) }] },
};

test('a leaf is taken, and its bytes are its canonical text', () => {
  expect(checkLeaf(leaf)).toBe(leaf);
  expect(Buffer.from(leafBytes(leaf)).toString()).toBe(canonicalize(leaf));
  expect(checkLeaf({ ...leaf, case: null, case_seq: null })).toBeTruthy();
});

const without = (field: string): object => Object.fromEntries(Object.entries(leaf).filter(([name]) => name !== field));
const party = leaf.parties[0];

test.each<[string, unknown]>([
  ['', null],
  ['', []],
  ['/extra', { ...leaf, extra: 1 }],
  ...Object.keys(leaf).map((field): [string, unknown] => [`/${field}`, without(field)]),
  ['/id', { ...leaf, id: leaf.id.replace('0193', '019A') }],
  ['/id', { ...leaf, id: null }],
  ['/kind', { ...leaf, kind: '' }],
  ['/version', { ...leaf, version: 0 }],
  ['/version', { ...leaf, version: '1' }],
  ['/occurred_at', { ...leaf, occurred_at: '2026-11-24T04:00:00Z' }],
  ['/occurred_at', { ...leaf, occurred_at: '2026-02-30T04:00:00.000Z' }],
  ['/recorded_at', { ...leaf, recorded_at: '2026-11-24T24:00:00.000Z' }],
  ['/recorded_at', { ...leaf, recorded_at: '2026-11-24T04:00:00.000+08:00' }],
  ['/service', { ...leaf, service: null }],
  ['/case', { ...leaf, case: 'c1' }],
  ['/case_seq', { ...leaf, case: null }],
  ['/case_seq', { ...leaf, case_seq: null }],
  ['/case_seq', { ...leaf, case_seq: -1 }],
  ['/nonce', { ...leaf, nonce: 'q83vEjRWeJCrze8SNFZ4kB==' }],
  ['/nonce', { ...leaf, nonce: 'q83vEjRWeJCrze8SNFZ4kA' }],
  ['/nonce', { ...leaf, nonce: 'q83v' }],
  ['/parties', { ...leaf, parties: {} }],
  ['/parties/0/handle', { ...leaf, parties: [{ ...party, handle: '' }] }],
  ['/parties/0/role', { ...leaf, parties: [{ handle: party?.handle }] }],
  ['/parties/1/account', { ...leaf, parties: [party, { ...party, account: 'a' }] }],
  ['/versions/policy', { ...leaf, versions: { policy: 7 } }],
  ['/versions', { ...leaf, versions: [] }],
  ['/payload', { ...leaf, payload: 'text' }],
])('a departure at “%s” is named', (field, value) => {
  let found: unknown;
  try {
    checkLeaf(value);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(LeafError);
  expect((found as LeafError).field).toBe(field);
});

test('a record over 65,535 bytes is refused', () => {
  expect(() => leafBytes({ ...leaf, payload: { text: 'x'.repeat(65_535) } })).toThrow(LeafError);
});

test('an opening holds only with its own salt, value and field', () => {
  const opening: Opening = { id: leaf.id, field: '/payload/reason', salt: Buffer.from(salt).toString('base64'), value: 'a\u2028b' };
  expect(openingHolds(leaf, opening)).toBe(true);
  expect(openingHolds(leaf, { ...opening, field: '/payload/odd~1key~0/0', value: 1 })).toBe(true);
  expect(openingHolds(leaf, { ...opening, value: 'a b' })).toBe(false);
  expect(openingHolds(leaf, { ...opening, salt: Buffer.alloc(32).toString('base64') })).toBe(false);
  expect(openingHolds(leaf, { ...opening, salt: 'AAAA' })).toBe(false);
  for (const field of ['/payload/clause', '/payload/none', '', 'payload/reason', '/payload/odd~1key~0/00', '/payload/odd/key~/0']) {
    expect(openingHolds(leaf, { ...opening, field })).toBe(false);
  }
});

test('a commitment is SHA-256 of 0x02, salt and canonical value', () => {
  expect(commit(new Uint8Array(32), { b: 1, a: 'x' })).toBe(commit(new Uint8Array(32), { a: 'x', b: 1 }));
  expect(commit(new Uint8Array(32), '')).toBe('ISCkWZBO9zNi6RJUpxf8Me2OQCiue0JUs1z5qNVR2T8=');
  expect(() => commit(new Uint8Array(16), 1)).toThrow(RangeError);
});
