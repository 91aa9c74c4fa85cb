import { expect, test } from 'vitest';
import { requestOf, textOf } from './requests.ts';

const given = { characters: 280, host: '127.0.0.1:8088', token: 'psk_bench' };

test('a text has exactly the characters that were asked for, in each language', () => {
  for (let n = 0; n < 8; n += 1) expect([...textOf(n, 280)]).toHaveLength(280);
});

test('a request can be repeated byte for byte from its number, and another number is another request', () => {
  expect(requestOf('report', { n: 5, ...given })).toBe(requestOf('report', { n: 5, ...given }));
  expect(requestOf('report', { n: 5, ...given })).not.toBe(requestOf('report', { n: 6, ...given }));
});

test('its length is told in bytes, since half of the texts are not ASCII', () => {
  for (let n = 0; n < 4; n += 1) {
    const [head = '', body = ''] = requestOf('screen', { n, ...given }).split('\r\n\r\n');
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  }
});

test('reports of one post differ in everything but the item', () => {
  const item = (n: number) => JSON.parse(requestOf('report-same-post', { n, ...given }).split('\r\n\r\n')[1] ?? '').item;
  expect(item(7)).toEqual(item(8));
});
