import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FeedError } from './feed.ts';
import { openFeed } from './open-feed.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perisai-feed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file and reads it as a feed: each row as its text and label, or as what is wrong with it, behind its line. */
async function rowsOf(name: string, content: string | Buffer): Promise<unknown[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const rows = await Array.fromAsync((await openFeed(path)).rows());
  return rows.map((row) => {
    const line = Number(row.place.slice(path.length + 1));
    return 'item' in row ? [line, row.item.text, row.item.label] : [line, row.unreadable];
  });
}

describe('a .tsv file', () => {
  test('is read line by line: label, tab, text', async () => {
    expect(await rowsOf('a.tsv', 'label\ttext\nspam\tMenang!\r\nham\tSelamat "pagi"\n\n其他\t早安\tlagi')).toEqual([
      [2, 'Menang!', true],
      [3, 'Selamat "pagi"', false],
      [5, '早安\tlagi', null],
    ]);
  });

  test('names its bad rows by line and loses no other', async () => {
    const broken = Buffer.concat([
      Buffer.from('ham\tone\nno label here\nspam\t \nham\t'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\nham\ttwo\n'),
    ]);
    expect(await rowsOf('b.tsv', broken)).toEqual([
      [1, 'one', false],
      [2, 'there is no tab between label and text'],
      [3, 'its text is empty'],
      [4, 'it is not UTF-8'],
      [5, 'two', false],
    ]);
    expect(await rowsOf('c.tsv', `ham\t${'a'.repeat(20_001)}\n`)).toEqual([[1, expect.stringContaining('more than the 20000')]]);
  });
});

describe('a .csv file', () => {
  test('is read by its header, with quoted fields of several lines and a byte order mark', async () => {
    expect(await rowsOf('a.csv', '\ufeff,split,label,TEXT\n1,test,1,"dua ""baris""\nsatu, dua"\n2,test,0,早安\n')).toEqual([
      [2, 'dua "baris"\nsatu, dua', true],
      [4, '早安', false],
    ]);
    expect(await rowsOf('b.csv', "case_id,test_case,label_gold,label_annotated\nx,Hello,hateful,\"['a', 'b']\"\n")).toEqual([
      [2, 'Hello', true],
    ]);
    expect(await rowsOf('c.csv', 'id,message\n1,No label here\n')).toEqual([[2, 'No label here', null]]);
  });

  test('names its bad rows by line and loses no other, where a quotation mark is never closed either', async () => {
    const rows = ['text,label', 'one,0', 'too,many,fields', '"never closed,1', 'two,1', '"a"b,0', 'three,0', ',1'];
    expect(await rowsOf('d.csv', rows.join('\n'))).toEqual([
      [2, 'one', false],
      [3, 'it has 3 fields, the header 2'],
      [4, expect.stringContaining('a quotation mark')],
      [5, 'two', true],
      [6, expect.stringContaining('a quotation mark is misplaced')],
      [7, 'three', false],
      [8, 'its text is empty'],
    ]);
  });

  test('without a column of text is refused, with the columns it has', async () => {
    await expect(rowsOf('e.csv', 'id,words\n1,a\n')).rejects.toThrow(/e\.csv:1: .*“id”, “words”/);
    await expect(rowsOf('f.csv', '')).rejects.toThrow(FeedError);
  });
});

describe('a folder of pictures', () => {
  test('is walked in the order of its paths; what only looks like a picture is named', async () => {
    const place = join(folder, 'pictures');
    mkdirSync(join(place, 'b'), { recursive: true });
    const drawn = sharp({ create: { width: 8, height: 8, channels: 3, background: '#147a52' } });
    const png = await drawn.png().toBuffer();
    writeFileSync(join(place, 'b', 'two.PNG'), png);
    writeFileSync(join(place, 'a.webp'), await drawn.webp().toBuffer());
    writeFileSync(join(place, 'broken.jpg'), 'no picture');
    writeFileSync(join(place, 'notes.txt'), 'passed over');
    const feed = await openFeed(place);
    expect(feed.total).toBe(3);
    const rows = await Array.fromAsync(feed.rows());
    expect(rows.map((row) => [row.place.slice(place.length + 1), 'item' in row ? row.item.picture?.type : 'unreadable'])).toEqual([
      ['a.webp', 'image/webp'],
      ['b/two.PNG', 'image/png'],
      ['broken.jpg', 'unreadable'],
    ]);
    expect(rows[1]).toMatchObject({ item: { picture: { bytes: png }, label: null } });
  });
});

test('what is missing, empty or of another form is refused by name', async () => {
  await expect(openFeed(join(folder, 'missing.tsv'))).rejects.toThrow(/There is no .*missing\.tsv/);
  await expect(rowsOf('empty.tsv', '')).rejects.toThrow('holds nothing');
  await expect(rowsOf('table.xlsx', 'x')).rejects.toThrow('“.xlsx”');
  mkdirSync(join(folder, 'nothing'));
  await expect(openFeed(join(folder, 'nothing'))).rejects.toThrow('holds no pictures');
});
