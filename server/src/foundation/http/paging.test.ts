import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursors } from './paging.ts';
import { Problem } from './problems.ts';

const list = cursors('time', 'uuid');
const id = '01a20c14-f76e-710d-a112-09e06c200555';

describe('a cursor', () => {
  it('comes back as it was written', () => {
    const at = new Date('2026-11-24T00:00:00.123Z');
    expect(list.read(list.write([at, id]))).toEqual([at, id]);
    expect(list.read(undefined)).toBeUndefined();
  });

  it('that we could not have written is refused as such', () => {
    const others = [
      cursors('text', 'text').write(['x', 'y']),
      cursors('time').write([new Date(0)]),
      `${list.write([new Date(0), id])}=`,
      '',
      'e30',
      'bnVsbA',
      '%',
    ];
    for (const other of others) expect(() => list.read(other)).toThrow(Problem);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
        ),
        (cursor) => {
          expect(() => list.read(cursor)).toThrow(Problem);
        },
      ),
    );
  });

  it('leads through a list to its end: each row once', () => {
    const rows = Array.from({ length: 7 }, (_, index) => ({ n: index }));
    const numbers = cursors('integer');
    const seen: number[] = [];
    let next: string | null = null;
    let pages = 0;
    do {
      const [after] = numbers.read(next ?? undefined) ?? [-1];
      const page: { items: { n: number }[]; next: string | null } = numbers.page(
        rows.filter((row) => row.n > after).slice(0, 4),
        3,
        (row) => [row.n],
      );
      seen.push(...page.items.map((row) => row.n));
      next = page.next;
      pages += 1;
    } while (next !== null);
    expect([seen, pages]).toEqual([[0, 1, 2, 3, 4, 5, 6], 3]);
  });
});
