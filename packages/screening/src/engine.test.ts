import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, examples, shipped } from '../test/shipped.ts';
import type { Screened } from './index.ts';
import { createEngine, ScreeningError } from './index.ts';

const engine = createEngine(shipped());
const open = { private: 'no', screening: true } as const;
const screen = (text: string): Screened => engine.screen({ text, surface: open });
const scoreOf = (result: Screened, harm: string): number =>
  Math.max(0, ...result.signals.filter((one) => one.detector === 'score' && one.harm === harm).map((one) => one.score));

const marker = 'perisai marker file: csam test bank entry 1\n';

describe('a verdict', () => {
  it('withholds a Malay scam with a known bad link at once, and says under which clause', () => {
    const result = screen('Tahniah! Anda telah menang RM5,000. Klik http://tebus-hadiah.example untuk tuntut hadiah dalam masa 24 jam');
    expect(result).toMatchObject({ verdict: 'withhold', harm: 'scam', clause: 'scam.prize', language: 'ms' });
  });

  it('lets an ordinary message pass without a signal', () => {
    expect(screen('Jumpa esok pukul lapan di kedai makan, ya?')).toMatchObject({ verdict: 'allow', harm: null, clause: null, signals: [] });
  });

  it('asks a person about a threat, and never takes it away on words alone', () => {
    expect(screen('I will kill you tomorrow')).toMatchObject({ verdict: 'review', harm: 'violence-terrorism', clause: 'violence.threat' });
  });

  it('names the entry and the place of a hit, but never its words', () => {
    const text = 'Hello. Your parcel is on hold, pay the customs fee now: http://parcel-fee.example/x';
    const result = screen(text);
    const hit = result.signals.find((one) => one.term === 'en-parcel-held');
    expect(text.slice(hit?.span?.start, hit?.span?.end)).toBe('parcel is on hold');
    expect(JSON.stringify(result)).not.toMatch(/parcel is on hold/i);
  });

  it('finds a scam written with leet signs, letters set apart, full width and imitating letters', () => {
    for (const text of [
      'C0ngratul4tions y0u have w0n',
      'y o u h a v e w o n a prize, c l a i m  n o w',
      'ｙｏｕ ｈａｖｅ ｗｏｎ',
      'yоu hаve wоn',
      'you ha\u200bve w\u00adon',
      'yooou haaave wooon',
    ])
      expect(screen(text).verdict, text).not.toBe('allow');
  });

  it('keeps honest digits honest', () => {
    for (const text of ['Meeting at 4pm, room 5a', 'maybank2u 5G 2-in-1 KL1', 'RM50.50 for 2kg', 'வீடு 4', '他有3个孩子'])
      expect(screen(text).verdict, text).toBe('allow');
  });

  it('matches Traditional characters with the Simplified list', () => {
    expect(screen('恭喜獲得電子錢包紅包，點擊連結領取').harm).toBe('scam');
  });

  it('keeps a Tamil word whole: a prefix of another word is no hit, a vowel sign is no decoration', () => {
    expect(screen('நாய் குரைக்கிறது').verdict).toBe('allow');
    expect(screen('போடா நாயே, நீ ஒரு முட்டாள்').harm).toBe('bullying-hate');
  });

  it('takes a warning for a warning, unless it carries something to click or call', () => {
    expect(
      screen('Scam alert: messages say your account has been suspended, verify your account within 24 hours. Do not click').verdict,
    ).toBe('allow');
    expect(
      screen('Scam alert! Your account has been suspended, verify your account within 24 hours: http://akaun-sah.example').verdict,
    ).toBe('withhold');
  });
});

describe('exact hashes', () => {
  it('withhold a marker file by any of its three hashes, in either case', () => {
    for (const algorithm of ['sha256', 'sha1', 'md5'])
      expect(engine.screen({ hashes: [{ [algorithm]: digest(algorithm, marker).toUpperCase() }], surface: open })).toMatchObject({
        verdict: 'withhold',
        harm: 'csam',
        clause: 'csam.material',
        signals: [{ detector: 'bank:test-marker', level: 'high' }],
      });
  });

  it('say nothing about another file', () => {
    expect(engine.screen({ hashes: [{ sha256: digest('sha256', 'a picture') }], surface: open }).verdict).toBe('allow');
  });

  it('are added and removed while the engine runs, all or none', () => {
    const own = createEngine(shipped());
    const file = { md5: digest('md5', 'new file') };
    const verdict = (): string => own.screen({ hashes: [file], surface: open }).verdict;
    expect(() => own.addHashes('test-marker', [file, { sha1: 'abc' }])).toThrow(ScreeningError);
    expect(verdict()).toBe('allow');
    own.addHashes('test-marker', [file]);
    expect(verdict()).toBe('withhold');
    own.removeHashes('test-marker', [file]);
    expect(verdict()).toBe('allow');
  });

  it('refuse what is no hash with a stable code', () => {
    for (const hashes of [{}, { sha256: 'zz' }, { md5: digest('sha1', 'x') }, { sha256: `${digest('sha256', 'x')}\n` }, { crc32: 'abcd' }])
      expect(() => engine.screen({ hashes: [hashes], surface: open })).toThrow(expect.objectContaining({ code: 'malformed-hash' }));
    expect(() => engine.addHashes('nobody', [])).toThrow(expect.objectContaining({ code: 'unknown-bank' }));
  });
});

describe('whatever the text', () => {
  const parts = fc.constantFrom(
    ...[...examples('scam-ms'), ...examples('scam-zh'), ...examples('bullying-hate-en'), ...examples('scam-ta')].map((one) => one.text),
    'p e r c u m a ',
    'w1n ',
    'hxxp://a[.]example/ ',
    '😀',
    '\ud83d',
    'а',
    '1!|@$',
    '免 费 ',
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.oneof(parts, fc.string()), { maxLength: 6 }).map((all) => all.join('')),
  );
  const wellPlaced = (text: string, result: Screened): void => {
    for (const { span, score } of result.signals) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1_000_000);
      if (!span) continue;
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThan(span.start);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  };

  it('the engine answers, with offsets inside the text, and the same a second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = screen(text);
        wellPlaced(text, result);
        expect(screen(text)).toEqual(result);
      }),
      { numRuns: 400 },
    );
  });

  it('harmless words after a scam do not lower its score', () => {
    const harmless = fc.array(fc.constantFrom('pokok', 'cuaca', 'makan', 'river', 'table', '天气', 'மழை', 'lembu', 'petang'), {
      minLength: 1,
      maxLength: 120,
    });
    const scams = ['ms', 'en', 'zh', 'ta'].flatMap((language) => examples(`scam-${language}`).filter((one) => one.positive));
    const positive = fc.constantFrom(...scams);
    fc.assert(
      fc.property(positive, harmless, (example, padding) => {
        const padded = screen(`${example.text} ${padding.join(' ')}`);
        expect(scoreOf(padded, 'scam')).toBeGreaterThanOrEqual(scoreOf(screen(example.text), 'scam'));
        expect(scoreOf(screen(`${padding.join(' ')} ${example.text}`), 'scam')).toBeGreaterThanOrEqual(500_000);
      }),
      { numRuns: 200 },
    );
  });

  it('a surface whose screening is off is never looked at, hashes included', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const subject = { text, hashes: [{ sha256: digest('sha256', marker) }], surface: { private: 'yes', screening: false } as const };
        expect(engine.screen(subject)).toMatchObject({ verdict: 'allow', harm: null, language: 'unknown', signals: [] });
      }),
      { numRuns: 30 },
    );
  });

  it('the order of word lists, banks and hashes changes nothing', () => {
    const data = shipped();
    const reversed = createEngine({ ...data, lexicon: [...data.lexicon].reverse() });
    const hashes = [{ sha256: digest('sha256', 'x') }, { sha256: digest('sha256', marker) }];
    fc.assert(
      fc.property(anything, (text) => {
        expect(reversed.screen({ text, hashes: [...hashes].reverse(), surface: open })).toEqual(
          engine.screen({ text, hashes, surface: open }),
        );
      }),
      { numRuns: 150 },
    );
  });

  // Quadratic cost in any of these would take minutes and meet the runner's time limit.
  it.each(['a.', '(.)', 'a@', 'x ', '1a', '免 ', '://a', '0 1-', 'a[.]', '😀a', 'never share your otp ', 'http://a.example/ '])(
    'forty thousand times %j is read to the end',
    (piece) => {
      const text = `${piece.repeat(40_000)} ${'pokok '.repeat(100)} tahniah anda menang`;
      expect(() => wellPlaced(text, screen(text))).not.toThrow();
      expect(scoreOf(screen(text), 'scam')).toBeGreaterThanOrEqual(500_000);
    },
  );
});
