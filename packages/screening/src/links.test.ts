import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from '../test/shipped.ts';
import { LinkFinder, parseLinks } from './links.ts';

const finder = new LinkFinder(parseLinks(read('catalogue/lexicon/links.json')));
const hosts = (text: string): string[] => finder.find(text).map((link) => link.host);
const traits = (text: string): string[] => finder.find(text).flatMap((link) => link.traits);

describe('a link is found', () => {
  it.each([
    ['see http://a.example/b?c=d.', 'a.example', 'http://a.example/b?c=d'],
    ['WWW.A.EXAMPLE now', 'www.a.example', 'WWW.A.EXAMPLE'],
    ['hxxps://a[.]example/x', 'a.example', 'hxxps://a[.]example/x'],
    ['go to bad dot example please', 'bad.example', 'bad dot example'],
    ['点击a.example领取', 'a.example', 'a.example'],
    ['(https://a.example)', 'a.example', 'https://a.example'],
    ['http://user@a.example', 'a.example', 'http://user@a.example'],
    ['http://192.0.2.7/x', '192.0.2.7', 'http://192.0.2.7/x'],
    ['shop.com.my', 'shop.com.my', 'shop.com.my'],
  ])('in %j', (text, host, whole) => {
    const [link] = finder.find(text);
    expect(link?.host).toBe(host);
    expect(text.slice(link?.start, link?.end)).toBe(whole);
  });

  it('each in its order', () => {
    expect(hosts('a.example b.example/x, https://c.example!')).toEqual(['a.example', 'b.example', 'c.example']);
  });

  it.each(['ok.no problem', 'mail me@a.example', '3.50 or 10.15', 'e.g. this', 'file.txtfoo', 'end.Next sentence', 'Dr.Lim'])(
    'but not in %j',
    (text) => {
      expect(hosts(text)).toEqual([]);
    },
  );
});

describe('what is notable about it', () => {
  it.each([
    ['http://sub.tebus-hadiah.example', 'bad-host'],
    ['http://192.0.2.7', 'ip-host'],
    ['http://bankbunga.example@a.example', 'userinfo'],
    ['bit.ly/abc', 'shortener'],
    ['https://wa.me/60111111', 'chat'],
    ['http://prize.top', 'risky-tld'],
    ['http://xn--80ak6aa92e.com', 'odd-host'],
    ['http://bаnkbunga.example', 'odd-host'],
    ['http://bаnkbunga.example', 'look-alike'],
    ['http://bankbunqa.example', 'look-alike'],
    ['http://bankbunga-sah.example', 'look-alike'],
    ['http://bankbunga.example.a.example', 'look-alike'],
    ['http://secure-x.example', 'bait'],
    ['hxxp://a.example', 'defanged'],
  ])('%s: %s', (text, trait) => {
    expect(traits(text)).toContain(trait);
  });

  it('nothing at a brand at home or an ordinary host', () => {
    expect(traits('https://www.bankbunga.example/login https://news.example/a-b')).toEqual([]);
  });
});

it('whatever the text, links ascend and lie inside it', () => {
  const piece = fc.constantFrom(
    'a',
    '.',
    '/',
    ':',
    '@',
    '[.]',
    '(dot)',
    ' dot ',
    'hxxp',
    'http://',
    'www.',
    '.example',
    '免',
    '。',
    ' ',
    '１',
    '..',
    '-',
    'é',
    '😀',
    ']',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const link of finder.find(text)) {
        expect(link.start).toBeGreaterThanOrEqual(last);
        expect(link.end).toBeGreaterThan(link.start);
        expect(link.end).toBeLessThanOrEqual(text.length);
        last = link.end;
      }
    }),
    { numRuns: 2000 },
  );
});

it('a list that is not as it should be is refused by name', () => {
  expect(() => parseLinks({ bad: ['UPPER.example'] })).toThrow(expect.objectContaining({ code: 'malformed-links' }));
  expect(() => parseLinks(null)).toThrow(/"bad"/);
});
